module first 'first.bicep' = { name: 'first' }
