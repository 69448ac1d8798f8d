param a string
output o string = a
