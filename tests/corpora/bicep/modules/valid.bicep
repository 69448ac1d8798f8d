param deploy bool
param names array

module plain '../shared/child.bicep' = {
  name: 'plain'
  params: { name: 'a', tags: { a: 'b' } }
}

@description('Without a name.')
module unnamed '../shared/child.bicep' = {
  params: { name: plain.outputs.both }
}

module conditional '../shared/child.bicep' = if (deploy) {
  params: { name: 'c', size: 3, password: vault.getSecret('p') }
  dependsOn: [plain]
}

@batchSize(1)
module many '../shared/child.bicep' = [for (name, index) in names: {
  name: 'many-${index}'
  params: { name: name, size: index }
}]

module template '../shared/template.json' = {
  params: { text: 'x' }
}

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = { name: 'v' }

output one string = plain.outputs.id
output maybe string? = conditional.?outputs.both
output listed array = [for index in range(0, length(names)): many[index].outputs.list]
output secretless bool = empty(unnamed.outputs.tagged)
output from string = template.outputs.same
