targetScope = 'managementGroup'
param name string

resource definition 'Microsoft.Authorization/policyDefinitions@2023-04-01' = {
  name: name
  properties: { displayName: managementGroup().name }
}
