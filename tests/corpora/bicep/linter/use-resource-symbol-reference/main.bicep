param name string
resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: name }
resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' existing = {
  parent: vnet
  name: 's'
}
resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: 'st' }
output o array = [
  reference(vnet.id, '2024-07-01').x
  reference(vnet.id, vnet.apiVersion).x
  reference(vnet.id, '2020-01-01').x
  reference(vnet.id).x
  reference(vnet.name, '2024-07-01', 'Full').x
  reference(resourceId('Microsoft.Network/virtualNetworks', name), '2024-07-01').x
  reference(resourceId('Microsoft.Network/virtualNetworks', 'other'), '2024-07-01').x
  reference(resourceId('microsoft.network/virtualnetworks/subnets', name, 's'), '2024-07-01').x
  listKeys(storage.id, storage.apiVersion).keys
  listKeys(resourceId('Microsoft.Storage/storageAccounts', 'st'), '2024-01-01').keys
  listKeys(storage.id, '2015-01-01').keys
  az.listKeys(storage.id, '2024-01-01').keys
]
output p string = subnet.id
