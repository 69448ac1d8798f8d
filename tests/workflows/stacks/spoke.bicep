metadata description = 'A spoke: its nodes\' default route leads to the hub\'s firewall, whose address nobody writes down.'

@description('Required. The resource group of the hub.')
param hubGroup string

@description('Optional. The region.')
param location string = resourceGroup().location

resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'vnet-hub'
  scope: resourceGroup(hubGroup)
}

resource firewall 'Microsoft.Network/azureFirewalls@2023-04-01' existing = {
  name: 'fw-hub'
  scope: resourceGroup(hubGroup)
}

resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-nodes'
  location: location
  properties: {
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: firewall.properties.ipConfigurations[0].properties.privateIPAddress
        }
      }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.101.0.0/16']
    }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.101.0.0/22'
          routeTable: {
            id: table.id
          }
        }
      }
    ]
  }

  resource there 'virtualNetworkPeerings' = {
    name: 'to-hub'
    properties: {
      remoteVirtualNetwork: {
        id: hub.id
      }
      allowForwardedTraffic: true
    }
  }
}

module back 'peering.bicep' = {
  name: 'peering-back'
  scope: resourceGroup(hubGroup)
  params: {
    remoteId: network.id
  }
}

output nodeSubnetId string = network.properties.subnets[0].id
