resource x '...' = { name: nothing, location: resourceGroup().foo }
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'a'
  location: nothing
  resource z '...' = { name: nothing }
}
resource looped '...' = [for i in nothing: { name: nothing, properties: toLower(1) }]
resource conditional '...' = if (nothing) {
  name: 'x'
  resource inner 'foo' = { name: nothing }
}
module missing 'nowhere.bicep' = if (nothing) { name: nothing, params: { a: nothing } }
module itself 'bodies_of_nothing.bicep' = if (nothing == reference('a').x) { name: nothing }
output q string = x.foo
output r string = missing.foo
param diskSize int
output misspelt int = diskSiz
output function string = toLowr('x')
var subscription = ''
var hidden = subscription().name
func typed(p notAType) string => '${p}'
var noLoop = [for thing in []: if]
