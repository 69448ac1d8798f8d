targetScope = 'subscription'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = { name: 'g', location: 'westeurope' }

module inside '../shared/child.bicep' = {
  scope: group
  params: { name: 'a' }
}
module named '../shared/child.bicep' = {
  name: 'named'
  scope: resourceGroup('other')
  params: { name: 'b' }
}
module elsewhere '../shared/child.bicep' = {
  scope: resourceGroup('00000000-0000-0000-0000-000000000001', 'other')
  params: { name: 'c' }
}
module same '../shared/subscription.bicep' = {}
module another '../shared/subscription.bicep' = {
  scope: subscription('00000000-0000-0000-0000-000000000001')
}
module up '../shared/tenant.bicep' = {
  scope: tenant()
}

output ids array = [inside.outputs.id, named.outputs.id, elsewhere.outputs.id, same.outputs.where, another.outputs.where, up.outputs.id]
