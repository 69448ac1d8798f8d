metadata description = 'A hub: the firewall, whose rules hold for the ranges of the spokes\' node subnets.'

@description('Required. Ids of the node subnets, which are in other files.')
param nodeSubnetIds string[]

@description('Optional. What the pods may reach beside what AKS needs.')
param allowed string[] = ['registry-1.docker.io']

@description('Optional. The region.')
param location string = resourceGroup().location

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hub'
  location: location
  properties: {
    addressSpace: {
      addressPrefixes: ['10.100.0.0/24']
    }
    subnets: [
      {
        name: 'AzureFirewallSubnet'
        properties: {
          addressPrefix: '10.100.0.64/26'
        }
      }
    ]
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-firewall'
  location: location
  sku: {
    name: 'Standard'
  }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource nodes 'Microsoft.Network/ipGroups@2024-05-01' = {
  name: 'ipg-nodes'
  location: location
  properties: {
    ipAddresses: [for id in nodeSubnetIds: reference(id, '2024-05-01').addressPrefix]
  }
}

resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'policy'
  location: location
  properties: {
    sku: {
      tier: 'Standard'
    }
  }

  resource rules 'ruleCollectionGroups' = {
    name: 'rules'
    properties: {
      priority: 200
      ruleCollections: [
        {
          ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
          name: 'egress'
          priority: 200
          action: {
            type: 'Allow'
          }
          rules: [
            {
              ruleType: 'ApplicationRule'
              name: 'aks'
              sourceIpGroups: [nodes.id]
              protocols: [
                {
                  protocolType: 'Https'
                  port: 443
                }
                {
                  protocolType: 'Http'
                  port: 80
                }
              ]
              fqdnTags: ['AzureKubernetesService']
            }
            {
              ruleType: 'ApplicationRule'
              name: 'allowed'
              sourceIpGroups: [nodes.id]
              protocols: [
                {
                  protocolType: 'Https'
                  port: 443
                }
              ]
              targetFqdns: allowed
            }
          ]
        }
      ]
    }
  }
}

resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'fw-hub'
  location: location
  properties: {
    sku: {
      name: 'AZFW_VNet'
      tier: 'Standard'
    }
    firewallPolicy: {
      id: policy.id
    }
    ipConfigurations: [
      {
        name: 'config'
        properties: {
          subnet: {
            id: network.properties.subnets[0].id
          }
          publicIPAddress: {
            id: address.id
          }
        }
      }
    ]
  }
}
