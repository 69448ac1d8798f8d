param flag bool
param text string
resource vault 'Microsoft.KeyVault/vaults@2025-05-01' = {
  name: 'a_b_c'
  location: 'x'
  properties: { tenantId: 'nope', sku: { family: 'A', name: 'standard' } }
}
resource other 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: 'abc${text}_' }
module child 'derived_child.bicep' = { name: 'a b!', params: { properties: {}, tier: 'Basic' } }
resource store 'Microsoft.Storage/storageAccounts@2025-08-01' existing = if (flag) { name: 'store' }
output keys object = store.listKeys()
output sure object = store!.listKeys()
