module main 'main.bicep' = { name: 'main' }
