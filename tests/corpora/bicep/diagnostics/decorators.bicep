@description(1)
@metadata({ description: 1, other: 2 })
param a string
@retryOn('a', 1)
resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = { name: 'y', location: 'x' }
@allowed('a')
param b string
@allowed([[1], ['a']])
param c int[]
@allowed([1, 'a'])
param d array
@allowed([])
param f string
@allowed([1, 'a'])
param number int = true
@minLength('a')
@maxLength(a)
@secure()
@secure()
param i string
@batchSize(0)
resource many 'Microsoft.Network/virtualNetworks@2026-03-01' = [for i in range(0, 2): { name: 'x${i}', location: 'x' }]
@batchSize(1)
resource one 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: 'one'
  location: 'x'
  @batchSize(1)
  resource subnet 'subnets' = { name: 'z' }
}
@sealed()
type closed = { x: string, *: int }
type members = {
  @allowed(['a'])
  y: string
  @batchSize(1)
  z: string
  @export()
  w: string
}
@allowed(['a'])
type g = string
@allowed([1])
output h int = 1
@allowed([1])
var k = 1
@export()
param q string
@batchSize(1)
func v() int => 1
@secure()
func w() string => ''
@allowed([1])
metadata y = 1
@secure()
resource z 'Microsoft.Network/virtualNetworks@2026-03-01' = { name: 'z', location: 'x' }
type typeA = { type: 'a', value: string }
type typeB = { type: 'b', value: int }
@discriminator('type')
type cycle = typeA | cycle
@discriminator('type')
type cycleOne = typeA | cycleTwo
@discriminator('type')
type cycleTwo = typeB | cycleOne
@discriminator('type')
type tuple = [typeA, typeB]
@discriminator(true)
type told = typeA | typeB
type itself = itself | 'foo'
type recursive = {
  needed: recursive
}
param uses recursive
@minLength()
