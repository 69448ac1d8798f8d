using none
param name = 1
