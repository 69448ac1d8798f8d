resource unused 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'a' }
resource used 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'b' }
resource holder 'Microsoft.Network/virtualNetworks@2024-07-01' existing = {
  name: 'c'
  resource inner 'subnets' existing = { name: 'd' }
}
resource loop 'Microsoft.Network/virtualNetworks@2024-07-01' existing = [for i in range(0, 2): { name: 'e${i}' }]
resource made 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'f', location: 'x' }
output o string = used.id
