param text string
param list array
param any_ object
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'y'
  location: 'x'
}
var ofObject = any_.foo()
var ofText = text.foo()
var ofList = list.foo()
var ofResource = network.foo()
var ofAny = any(text).foo()
var ofMember = network.id.foo()
var ofNumber = (1).foo()
var keys = any_.listKeys()
