param location string = 'global'

resource zone 'Microsoft.Network/dnsZones@2018-05-01' = {
  name: 'example.com'
  location: location
}
