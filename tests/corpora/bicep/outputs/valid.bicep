param names array = ['a', 'b']
resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n' }

output text string = 'a'
output number int = 1
output flag bool = length(names) > 1
output thing object = network.properties
output list array = [for name in names: { name: name }]
output typed { id: string, more: int? } = { id: network.id }
output nothing string? = null
@description('Said.')
@minLength(1)
output described string = network.name
