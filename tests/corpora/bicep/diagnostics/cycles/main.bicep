module itself 'main.bicep' = { name: 'itself' }
module other 'other.bicep' = { name: 'other' }
