param name string
param location string = resourceGroup().location

resource store 'Contoso.Things/stores@2024-01-01' = {
  name: name
  tags: { at: location, deployment: deployment().name, tenant: tenant().tenantId }
  location: location
  kind: 'StorageV2'
  zones: ['1', '2']
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    networkAcls: { bypass: 'None', defaultAction: 'Deny', ipRules: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] }
  }
}

output id string = store.id
output state string = store.properties.provisioningState
output text string = 'é\u{1F600}\u{a0}'
