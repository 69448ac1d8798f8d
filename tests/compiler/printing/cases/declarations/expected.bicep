targetScope = 'resourceGroup'
metadata author = 'me'
import { a, b as c } from 'types.bicep'
import {
  'd-e' as d
  f
} from 'types.bicep'
import * as g from 'types.bicep'
extension kubernetes with {
  namespace: 'x'
} as k8s
extension microsoftGraph  as graph
@secure()
@description('x') // why
param p string
resource r 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'x'

  @batchSize(1)
  resource nested 'subnets' existing = {
    name: 'y'
  }
}
resource s 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'x'
  scope: resourceGroup('y')
}
resource t 'Microsoft.Network/virtualNetworks@2024-05-01' =
  // on condition
  if (true) {
    name: 'x'
  }
resource u 'Microsoft.Network/virtualNetworks@2024-05-01' = if (p == 'x') {}
module m 'm.bicep' = [
  for x in [1, 2]: {
    name: 'm${x}'
  }
]
module n 'm.bicep' = [
  for (x, i) in [1, 2]: if (i == 1) {
    name: 'm${x}'
  }
]
var v = [for i in range(0, 2): i]
var w = [
  // comment
  for i in range(0, 2): {
    a: i
  }
]
assert x = 1 == 1
test t1 'm.bicep' = {
  params: {}
}
output o object = {}
