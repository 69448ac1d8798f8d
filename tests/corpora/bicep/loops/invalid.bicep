param names string[]

var inside = { a: [for x in names: x] }
var deep = [for x in names: [for y in names: y]]
var filter = [for x in names if (x == 'a'): x]
var noIn = [for x names: x]
var number = [for x in 3: x]
var shadow = [for names in names: names]
resource tables 'Microsoft.Network/routeTables@2024-07-01' = [for name in names: {
  name: 'same'
  location: 'x'
}]
output whole array = tables
output one string = tables.id
output outside string = tables['a'].id
output twice array = [for (x, x) in names: x]
module m '../shared/child.bicep' = [for name in names: {
  name: name
  params: { name: name, size: 'a' }
}]
