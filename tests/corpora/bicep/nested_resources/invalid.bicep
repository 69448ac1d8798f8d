resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'n'
  location: 'x'
  resource whole 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: 'a' }
  resource unknown 'subnts' = { name: 'b' }
  resource parent 'subnets' = { parent: network, name: 'c' }
  resource twice 'subnets' = { name: 'd' }
  resource twice 'subnets' = { name: 'e' }
}
resource tables 'Microsoft.Network/routeTables@2024-07-01' = [for i in range(0, 2): {
  name: 't${i}'
  location: 'x'
  resource route 'routes' = { name: 'r' }
}]
output nothing string = network::nothing.id
output ofText string = network.name::a
output bare string = twice.id
