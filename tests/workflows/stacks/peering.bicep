metadata description = 'The hub\'s side of a peering.'

@description('Required. The spoke.')
param remoteId string

resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'vnet-hub'
}

resource back 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  name: 'to-${last(split(remoteId, '/'))}'
  parent: hub
  properties: {
    remoteVirtualNetwork: {
      id: remoteId
    }
    allowForwardedTraffic: true
  }
}
