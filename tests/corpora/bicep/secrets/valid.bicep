@secure()
param password string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: 'v' }
module child '../shared/child.bicep' = {
  params: { name: 'a', password: password }
}
module other '../shared/child.bicep' = {
  params: { name: 'b', password: true ? vault.getSecret('s', 'version') : vault.getSecret('t') }
}
module third '../shared/child.bicep' = {
  params: { name: 'c', password: child.outputs.secret }
}
@secure()
output passed string = other.outputs.secret
output plain string = third.outputs.both
