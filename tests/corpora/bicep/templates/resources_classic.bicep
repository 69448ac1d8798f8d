param names array = ['a', 'b']
param deploy bool = true
param location string = resourceGroup().location

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'network'
  location: location
  properties: {
    subnets: [for (name, i) in names: { name: name, properties: { addressPrefix: '10.0.${i}.0/24' } }]
  }

  resource inner 'subnets' = if (deploy) {
    name: 'inner'
    properties: {}
  }
}

resource elsewhere 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: 'other'
  scope: resourceGroup('group')
}

@batchSize(2)
resource addresses 'Microsoft.Network/publicIPAddresses@2026-03-01' = [for (name, i) in names: if (i > 0) {
  name: 'address-${name}'
  location: location
}]

resource child 'Microsoft.Network/virtualNetworks/subnets@2026-03-01' = {
  parent: network
  name: 'child'
  properties: {
    addressPrefix: '10.0.9.0/24'
    natGateway: { id: addresses[1].id }
  }
  dependsOn: [addresses]
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(network::inner.id, elsewhere.id)
  scope: network::inner
  properties: {
    principalId: network.properties.subnets[0].id
    roleDefinitionId: elsewhere.location
  }
}

module plain 'shared/child.bicep' = {
  name: 'plain'
  params: {
    name: network.id
    size: 2
  }
}

module looped 'shared/child.bicep' = [for (name, i) in names: if (deploy) {
  name: name
  params: {
    name: plain.outputs.name
    size: i
    list: [for other in names: { value: other }]
  }
}]

module above 'shared/subscription.bicep' = {
  name: 'above'
  scope: subscription()
}

module away 'shared/child.bicep' = {
  name: 'away'
  scope: resourceGroup('s', 'g')
  params: {
    name: deploy ? 'a' : 'b'
  }
}

var runtime = network.properties.subnets
var known = network.name

output viaVariable array = runtime
output known string = known
output moduleName string = plain.name
output indexed string = looped[0]!.outputs.name
output each array = [for i in range(0, 2): looped[i]!.outputs.name]
output nested string = network::inner.id
output type string = network.type
output state string = elsewhere.properties.provisioningState
output above string = above.outputs.id
output away string = away.outputs.name
output maybe string? = network::inner.?id
