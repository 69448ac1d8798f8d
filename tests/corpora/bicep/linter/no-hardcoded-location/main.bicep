param place string = 'westeurope'
var fixed = 'northeurope'
var again = fixed
var free = place

resource a 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'a', location: 'westeurope' }
resource b 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'b', location: fixed }
resource c 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'c', location: again }
resource d 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'd', location: free }
resource e 'Microsoft.Network/dnsZones@2018-05-01' = { name: 'e', location: 'Global' }
resource f 'Microsoft.Network/virtualNetworks@2024-07-01' = [for i in range(0, 2): { name: 'f${i}', location: fixed }]

module g 'sites.bicep' = {
  name: 'g'
  params: { region: 'westeurope', other: 'x' }
}
