module up '../shared/subscription.bicep' = {}
module group '../shared/subscription.bicep' = { scope: resourceGroup('a') }
module management '../shared/child.bicep' = { scope: managementGroup('m'), params: { name: 'a' } }
module text '../shared/child.bicep' = { scope: 'a', params: { name: 'a' } }
module ofResource '../shared/child.bicep' = { scope: network, params: { name: 'a' } }
resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n' }
