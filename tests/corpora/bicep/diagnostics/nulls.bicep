param flag bool
param text string?
param list string[]
param maybe string[]?
param open object?
param nested { x: { y: string }?, z: string? }
output one string = first(list)
output two string = last(list)
output argument string = toLower(first(list))
output arguments array = concat(maybe, ['x'])
output mapped array = map(maybe, x => x)
output merged object = union(open, {})
output literal string = toLower(null)
output printed string = '${text}'
output chain string = nested.?x.y
output unsafe string = nested.x.y
output safe string = nested.x.?y
output grouped string = (nested.?x).y
output sure string = nested.?x!.y
output known string = nested.?z
output fallback string = nested.?x.y ?? 'none'
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = if (flag) {
  name: 'network'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/8'] }
  }
  resource subnet 'subnets' = {
    name: 'subnet'
    properties: { addressPrefix: network.properties.addressSpace.addressPrefixes[0] }
  }
  resource other 'subnets' = if (flag) {
    name: 'other'
    properties: { addressPrefix: subnet.properties.addressPrefix }
  }
}
resource always 'Microsoft.Network/virtualNetworks@2026-03-01' = if (true) {
  name: 'always'
  location: 'westeurope'
}
resource each 'Microsoft.Network/virtualNetworks@2026-03-01' = [for i in range(0, 2): if (flag) {
  name: 'each${i}'
  location: 'westeurope'
}]
output place string = network.location
output name string = network.name
output byText string = network['name']
output child string = network::subnet.properties.addressPrefix
output childId string = network::subnet.id
output some string = each[0].location
output there string = always.location
output perhaps string = network.?location
