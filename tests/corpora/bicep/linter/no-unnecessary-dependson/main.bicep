resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'v', location: 'x' }
resource seen 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'seen' }
resource many 'Microsoft.Network/virtualNetworks@2024-07-01' = [for i in range(0, 2): { name: 'm${i}', location: 'x' }]
var through = vnet.id

resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = {
  parent: vnet
  name: 's'
  dependsOn: [vnet]
}

resource direct 'Microsoft.Network/routeTables@2024-07-01' = {
  name: 'a'
  location: 'x'
  tags: { a: through, b: seen.id, c: many[0].id }
  dependsOn: [
    vnet
    many
    seen
    subnet
    subnet
  ]
}

resource far 'Microsoft.Network/routeTables@2024-07-01' = {
  name: 'b'
  location: 'x'
  tags: { a: subnet.id }
  dependsOn: [vnet, direct]
}

module m 'empty.bicep' = {
  name: vnet.name
  dependsOn: [vnet, far]
}
