using 'two.bicep'
param name = 'store'
