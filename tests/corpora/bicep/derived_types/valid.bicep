type subnets = resourceInput<'Microsoft.Network/virtualNetworks@2024-07-01'>.properties.subnets
type subnet = subnets[*]
type state = resourceOutput<'Microsoft.Network/virtualNetworks@2024-07-01'>.properties.provisioningState

param given subnets = []
param one subnet?
param sku resourceInput<'Microsoft.Network/publicIPAddresses@2024-07-01'>.sku = { name: 'Standard' }

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'n'
  location: resourceGroup().location
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] }, subnets: given }
}

output state state = network.properties.provisioningState
output rest array = [one, sku]
