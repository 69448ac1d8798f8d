module second 'second.bicep' = { name: 'second' }
