param flag bool
param list array
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'network'
  location: 'westeurope'
  properties: {
    addressSpace: flag ? {
      addressPrefixes: [
        6
      ]
      foo: 3
    } : {
      bar: 4
    }
    subnets: [for i in list: {
      name: i
      nme: 3
      properties: {
        x: 1
        addressPrefix: 3
        delegations: [for j in list: j]
      }
    }]
  }
}
output branches { a: string } = flag ? {
  a: 1
} : {
  b: 'x'
}
output loop string[] = [for i in list: 3]
output spread string[] = [
  ...[1]
  3
]
