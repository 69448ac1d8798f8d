using 'bad.bicep'
param name = 'x'
param unused = 1
