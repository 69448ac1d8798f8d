param names array
resource one 'Microsoft.Network/routeTables@2026-03-01' = {
  name: 'one'
  location: 'westeurope'
}
resource many 'Microsoft.Network/routeTables@2026-03-01' = [for n in names: {
  name: '${n}'
  location: 'westeurope'
}]
resource same 'Microsoft.Network/routeTables@2026-03-01' = [for n in names: {
  name: 'same'
  location: 'westeurope'
}]
var state = one.properties.provisioningState
var deep = { inner: state }
resource named 'Microsoft.Network/routeTables@2026-03-01' = {
  name: one.properties.provisioningState
  location: deep.inner
  tags: {
    a: many[0].properties.provisioningState
    b: one.id
    c: reference(one.id).x
  }
}
resource conditional 'Microsoft.Network/routeTables@2026-03-01' = if (one.properties.disableBgpRoutePropagation) {
  name: 'conditional'
  location: 'westeurope'
}
resource upFront 'Microsoft.Network/routeTables@2026-03-01' = if (empty(listKeys('x', '2020-01-01'))) {
  name: 'upFront'
  location: 'westeurope'
}
resource looped 'Microsoft.Network/routeTables@2026-03-01' = [for r in one.properties.routes: {
  name: 'looped${r.name}'
  location: 'westeurope'
}]
var list = [for n in names: {
  a: one
  b: many[0]
  c: one['properties']
  d: one['${n}']
  e: deep
  f: one.name
}]
func f() string => one.properties.provisioningState
var keys = listKeys(one.properties.provisioningState, '2020-01-01')
resource first 'Microsoft.Network/routeTables@2026-03-01' = {
  name: 'double'
  location: 'westeurope'
}
resource second 'Microsoft.Network/routeTables@2026-03-01' = {
  name: 'double'
  location: 'westeurope'
}
resource child 'Microsoft.Network/routeTables/routes@2026-03-01' = {
  name: 'child'
}
resource below 'Microsoft.Network/routeTables/routes@2026-03-01' = {
  parent: first
  name: 'first/below'
}
resource lost 'Microsoft.Network/routeTables/routes@2026-03-01' = {
  parent: named.id
  name: 'lost'
}
resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'group'
  location: 'westeurope'
}
var now = utcNow()
var whole = map(many, x => x.id)
var picked = map(range(0, 2), i => many[i].properties.provisioningState)
var outside = x => x
var wrong = filter([1], (a, b, c) => true)
var sums = add(1, 2)
var lower = toLower
