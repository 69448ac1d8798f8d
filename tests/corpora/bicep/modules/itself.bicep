module itself 'itself.bicep' = {}
