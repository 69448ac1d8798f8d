param region string = resourceGroup().location
param other string

resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: other, location: region }
