using 'group.bicep'
param name = 'store'
