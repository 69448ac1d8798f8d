resource noName 'Microsoft.Network/virtualNetworks@2024-07-01' existing = {}
resource more 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n', location: 'x', properties: {} }
resource scope 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n', scope: 'x' }
resource up 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n', scope: subscription() }
resource unused 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'u' }
@batchSize(1)
resource decorated 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'd' }
resource conditional 'Microsoft.Network/virtualNetworks@2024-07-01' existing = if (true) { name: 'c' }
output o array = [noName.id, more.id, scope.id, up.id, decorated.id, conditional.id]
