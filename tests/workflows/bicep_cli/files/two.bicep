param name string

resource store 'Contoso.Things/stores@2024-01-01' = {
  name: name
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  tags: { a: 'b', kept: 'x' }
  properties: { list: [1, 2, { name: 'q', v: 1 }, { name: 'r', v: [1] }], one: { b: true, c: null, d: {}, e: [] } }
}

resource table 'Contoso.Things/tables@2024-01-01' = {
  name: 'table'
  location: 'westeurope'
}

output id string = store.id
