targetScope = 'subscription'
module a '../templates/shared/subscription.bicep' = { name: 'a' }
module b '../templates/shared/child.bicep' = { name: 'b', params: { name: 'x' } }
module c '../templates/shared/child.bicep' = { name: 'c', scope: resourceGroup(), params: { name: 'x' } }
module d '../templates/shared/tenant.bicep' = { name: 'd', scope: tenant() }
module e '../templates/shared/child.bicep' = { name: 'e', scope: resourceGroup('x'), params: { name: 'x' } }
module g '../templates/shared/subscription.bicep' = { name: 'g', scope: managementGroup('x') }
output r string = resourceGroup().name
