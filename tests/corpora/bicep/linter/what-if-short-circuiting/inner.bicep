param name string
param flag bool
param tag string
param through string
param made string = '${through}-x'
var used = made

resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' = if (flag) {
  name: '${name}${used}'
  location: 'x'
  tags: { tag: tag }
}
