param deploy bool

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = if (deploy) {
  name: 'n'
  location: resourceGroup().location
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }

  @description('The nodes.')
  resource nodes 'subnets' = {
    name: 'nodes'
    properties: { addressPrefix: '10.0.0.0/24' }
  }

  resource pods 'subnets@2024-05-01' = {
    name: 'pods'
    properties: { addressPrefix: '10.0.1.0/24' }
    dependsOn: [nodes]
  }

  resource there 'subnets' existing = { name: 'there' }
}

output ids array = [network::nodes.id, network::pods.name, network::there.properties.addressPrefix]
