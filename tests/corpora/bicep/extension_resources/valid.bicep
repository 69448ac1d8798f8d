param principal string

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n' }
resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(network.id, principal)
  scope: network
  properties: { principalId: principal, roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7') }
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'l'
  properties: { level: 'ReadOnly' }
  dependsOn: [assignment]
}
output ids array = [assignment.id, lock.id]
