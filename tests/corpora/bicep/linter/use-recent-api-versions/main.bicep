resource old 'Microsoft.Network/virtualNetworks@2019-04-01' existing = { name: 'a' }
resource recent 'Microsoft.Network/virtualNetworks@2026-03-01' existing = { name: 'b' }
resource middle 'Microsoft.Network/virtualNetworks@2025-05-01' existing = { name: 'c' }
resource preview 'Microsoft.DBforMySQL/flexibleServers@2024-10-01-preview' existing = { name: 'd' }
resource unknown 'Microsoft.Nowhere/things@2019-04-01' existing = { name: 'e' }
resource version 'Microsoft.Network/virtualNetworks@2019-04-02' existing = { name: 'f' }

output o array = [
  reference(old.id, '2019-04-01').x
  reference(resourceId('Microsoft.Network/virtualNetworks', 'a'), '2019-04-01').x
  listKeys('Microsoft.Storage/storageAccounts', '2016-01-01').x
  reference(resourceId('Microsoft.Nowhere/things', 'a'), '2019-04-01').x
  reference(resourceId('Microsoft.Network/virtualNetworks', 'a'), '2019-04-02').x
  reference(recent.id, '2026-03-01').x
]
output p array = [recent.id, middle.id, preview.id, unknown.id, version.id]
