param flag bool
resource one 'Microsoft.Network/virtualNetworks@2026-03-01' = if (flag) {
  name: 'one'
}
var perSubnet = [for i in range(0, 2): one!.properties.subnets[i].id]
output ofMissing string = one.properties.provisioningState
output ofSafe string? = one.?properties.provisioningState
output known string = one.id
output loops array = perSubnet
resource two 'Microsoft.Network/virtualNetworks@2026-03-01' = [for subnet in one!.properties.subnets: {
  name: subnet.name
}]
resource three 'Microsoft.Network/virtualNetworks@2026-03-01' = if (one!.properties.enableDdosProtection) {
  name: 'three'
}
