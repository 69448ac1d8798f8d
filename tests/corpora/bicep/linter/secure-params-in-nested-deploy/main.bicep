@secure()
param secret string
@secure()
param second string
resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: 'a' }

#disable-next-line no-deployments-resources
resource outer 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'outer'
  properties: {
    mode: 'Incremental'
    template: {
      outputs: { a: { value: secret }, b: { value: '${second}${secret}' } }
    }
  }
}

#disable-next-line no-deployments-resources
resource listing 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'listing'
  properties: {
    mode: 'Incremental'
    expressionEvaluationOptions: { scope: 'outer' }
    template: { outputs: { a: { value: listKeys(storage.id, '2024-01-01') } } }
  }
}

#disable-next-line no-deployments-resources
resource inner 'Microsoft.Resources/deployments@2024-03-01' = {
  name: 'inner'
  properties: {
    mode: 'Incremental'
    expressionEvaluationOptions: { scope: 'inner' }
    parameters: { a: { value: secret } }
    template: {}
  }
}
