targetScope = 'subscription'
targetScope = 'tenant'
output a string = resourceGroup().location
output b string = managementGroup().id
resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'n', location: 'x' }
