module a 'empty.bicep' = {
  name: 'a'
}
module b 'empty.bicep' = {}
module c 'empty.bicep' = [for i in range(0, 2): {
  scope: resourceGroup()
  name: 'c${i}'
}]
