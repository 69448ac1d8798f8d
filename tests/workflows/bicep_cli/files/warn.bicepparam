using 'warn.bicep'
param name = 'x'
param unused = 1
param alsoUnused = 2
