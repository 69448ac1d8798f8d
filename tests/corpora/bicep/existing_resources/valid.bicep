param group string

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = {
  name: 'n'
  scope: resourceGroup(group)

  resource subnet 'subnets' existing = { name: 's' }
}
resource child 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' existing = {
  parent: network
  name: 'c'
}
resource away 'Microsoft.Network/publicIPAddresses@2024-07-01' existing = {
  name: 'a'
  scope: resourceGroup('00000000-0000-0000-0000-000000000001', 'other')
}
resource many 'Microsoft.Network/routeTables@2024-07-01' existing = [for i in range(0, 2): { name: 't${i}' }]
resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'l'
  scope: many[0]
  properties: { level: 'CanNotDelete' }
}

output ids array = [network.id, network::subnet.id, child.id, many[1].id, lock.id]
output ip string = away.properties.ipAddress
