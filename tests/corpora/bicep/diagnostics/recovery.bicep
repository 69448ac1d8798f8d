param
param first
param second strin = [ 1, 2
]
param third string = 'a
param fourth object = {
  a b: 1
  c
  d:
  e: 1, f: 2,
  g: [ 1, 2 3 ]
}
var one = a ? b
var two = (1
var three = concat('a',)
var four = one[
var five = one.
var six = 'x${one two}'
var seven = 'x${'
var eight = [for x in : 1]
var nine = [for (x) in []: x]
resource
resource r
resource r 'Microsoft.Network/routeTables@2026-03-01'
resource s 'Microsoft.Network/routeTables@2026-03-01' = if (true
resource t 'Microsoft.Network/routeTables@2026-03-01' = {
  @description('x')
  name: 't'
  resource inner 'routes' = {
  }
}
module m = {
}
module n './none.bicep' = [for]
output x string
output y = 1
type a = {
  b
  c: string |
  *: int
}
type d = 'a' |
func g(a string, b) string = a
import { x } './types.bicep'
import y from './types.bicep'
@description('last')
