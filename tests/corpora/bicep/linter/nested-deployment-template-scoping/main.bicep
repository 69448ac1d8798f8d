param size int
var twice = size * 2
resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'v' }

#disable-next-line no-deployments-resources
resource inner 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'inner'
  properties: {
    mode: 'Incremental'
    expressionEvaluationOptions: {
      scope: 'Inner'
    }
    parameters: { s: { value: size } }
    template: {
      '$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
      contentVersion: '1.0.0.0'
      resources: [for i in range(0, 3): { a: i, b: twice }]
      outputs: {
        o: { type: 'int', value: size }
        id: { type: 'string', value: vnet.id }
      }
    }
  }
}

#disable-next-line no-deployments-resources
resource outer 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'outer'
  properties: {
    mode: 'Incremental'
    template: { outputs: { o: { type: 'int', value: size } } }
  }
}
