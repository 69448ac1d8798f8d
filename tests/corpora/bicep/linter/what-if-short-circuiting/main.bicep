resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' = { name: 'st', location: 'x', kind: 'StorageV2', sku: { name: 'Standard_LRS' } }

module a 'inner.bicep' = {
  name: 'a'
  params: {
    name: storage.properties.accessTier
    flag: storage.properties.isHnsEnabled
    tag: storage.properties.accessTier
    through: storage.properties.accessTier
  }
}

module c 'outer.bicep' = {
  name: 'c'
  params: { passed: storage.properties.accessTier, other: storage.properties.accessTier }
}

module b 'inner.bicep' = {
  name: 'b'
  params: { name: storage.name, flag: true, tag: 'x', through: storage.id }
}
