param suffix string = newGuid()
param given string
var now = suffix
resource a 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'a${suffix}', location: 'x' }
resource b 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: now, location: 'x' }
resource c 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: given, location: 'x' }
resource d 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: guid(given), location: 'x', tags: { t: suffix } }
resource e 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: '${suffix}${now}', location: 'x' }
