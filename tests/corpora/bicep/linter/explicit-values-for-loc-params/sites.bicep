param size int
param place string = resourceGroup().location
param region string = 'westeurope'
param other string = 'no location'
param zone string = '${toLower(resourceGroup().location)}1'

resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'a${size}${place}${other}${zone}'
  location: region
}
