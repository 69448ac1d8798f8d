resource nested 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'a'
  properties: { mode: 'Incremental' }
}

resource lower 'microsoft.resources/DEPLOYMENTS@2024-03-01' existing = {
  name: 'b'
}

module proper 'empty.bicep' = {
  name: 'c'
}

output o string = lower.id
