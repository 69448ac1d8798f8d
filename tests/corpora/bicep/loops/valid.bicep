param names string[]
param subnets array

var squares = [for number in range(1, 4): number * number]
var pairs = [for (name, index) in names: '${index}-${name}']

resource tables 'Microsoft.Network/routeTables@2024-07-01' = [for (name, index) in names: if (index > 0) {
  name: '${name}-${index}'
  location: resourceGroup().location
}]

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'n'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: pairs }
    subnets: [for subnet in subnets: { name: subnet.name, properties: { addressPrefix: subnet.prefix } }]
  }
}

module children '../shared/child.bicep' = [for index in range(0, 2): {
  name: 'child${index}'
  params: { name: names[index], size: squares[index], tags: { of: tables[index].id } }
}]

output ids array = [for index in range(0, length(names)): tables[index].id]
output said array = [for index in range(0, 2): children[index].outputs.both]
output network string = network.id
