using 'good.bicep'
param name = 'x'
