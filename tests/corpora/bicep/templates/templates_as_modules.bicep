// ARM templates as modules and imports, files imported whole, secrets in and out
import { sizes, 'not-a-name' as plain, size, label as mark } from 'shared/template.json'
import * as all from 'shared/loaded.bicep'

param wanted size
param zone all.Zone

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: 'vault'
  scope: resourceGroup('secrets')
}

module direct 'shared/template.json' = {
  name: 'direct'
  params: {
    secret: vault.getSecret('password', 'v1')
  }
}

module either 'shared/secrets.bicep' = if (zone == 'a') {
  params: {
    secret: zone == 'b' ? vault.getSecret('one') : direct.outputs.echo
    other: nameof(direct)
  }
}

module many 'shared/secrets.bicep' = [for i in range(0, 2): if (i > 0) {
  name: 'many${i}'
  params: {
    secret: either.?outputs.token ?? ''
  }
}]

output marks array = [mark('x'), all.twice(all.note), plain, sizes, wanted, direct.outputs.count, many[^1].name]
@secure()
output one string? = many[1].?outputs.?token
@secure()
output two string? = either.?outputs.?token
