@secure()
param password string = 'literal'
@secure()
param object_ object = { a: 1 }
resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: 'v' }
var stored = vault.getSecret('s')
output leaked string = password
output inText string = 'a${password}'
output keys object = vault.listKeys()
module child '../shared/child.bicep' = {
  params: { name: vault.getSecret('n'), password: '${vault.getSecret('s')}' }
}
output ofModule string = child.outputs.secret
