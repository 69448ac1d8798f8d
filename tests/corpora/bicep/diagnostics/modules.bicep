module wrong '../templates/shared/child.bicep' = {
  params: {
    name: 5
    unknown: 1
  }
}
module missing '../templates/shared/child.bicep' = {
  name: 'missing'
  params: {
    size: 'x'
  }
}
module noParams '../templates/shared/child.bicep' = {
}
module misspelt '../templates/shared/child.bicep' = {
  params: {
    name: 'a'
    sizes: 1
  }
}
module nowhere 'nowhere.bicep' = {
}
module broken 'names.bicep' = {
}
module itself 'modules.bicep' = {
}
output member string = wrong.outputs.nope
output fromBroken string = broken.outputs.x
output fromNowhere string = nowhere.outputs.x
resource late 'Microsoft.Network/natGateways@2026-03-01' = {
  name: misspelt.outputs.name
}
module lateToo '../templates/shared/child.bicep' = if (misspelt.outputs.name == 'a') {
  name: misspelt.outputs.name
  params: { name: 'x' }
}
