using 'good.bicep'
param name = 1
param more = 2
