param name string
output o array = [
  listKeys(resourceId('Microsoft.Storage/storageAccount', name), '2024-01-01').x
  listKeys(resourceId('Microsoft.Storage/storageAccounts', name), '2024-01-01').x
  reference(resourceId('Microsoft.Nowhere/things', name), '2024-01-01').x
  reference('Microsoft.Nowhere/things', '2024-01-01').x
  reference(resourceId('Microsoft.Network/virtualNetworks/subnets', name, 'a'), '2024-07-01').x
  reference(name, '2024-01-01').x
]
