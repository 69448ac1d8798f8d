metadata name = 'Azure Firewall'
metadata description = 'A firewall in a virtual network, ruled by a policy. It owns the check that Azure gave it the address that routes and DNS were told.'

targetScope = 'resourceGroup'

import { firewallTier } from 'firewallpolicy.bicep'

@description('Required. Name of the firewall.')
@maxLength(50)
param name string

@description('Required. Region of the firewall.')
param location string

@description('Required. Resource id of its policy, of the same tier.')
param policyId string

@description('Required. Resource id of its subnet, which must be called AzureFirewallSubnet.')
param subnetId string

@description('Required. Resource id of the public address that it leaves from, in the resource group of its network.')
param publicIpAddressId string

@description('Required. Private address that Azure is expected to assign: the first usable one of the subnet. It cannot be asked for.')
param expectedPrivateIpAddress string

@description('Optional. Tags of the firewall.')
param tags { *: string } = {}

@description('Optional. Tier of the firewall: that of its policy.')
param tier firewallTier = 'Standard'

@description('Optional. Name of its only IP configuration.')
param ipConfigurationName string = 'firewall-config'

@description('The firewall.')
resource firewall 'Microsoft.Network/azureFirewalls@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'AZFW_VNet'
      tier: tier
    }
    firewallPolicy: {
      id: policyId
    }
    ipConfigurations: [
      {
        name: ipConfigurationName
        properties: {
          subnet: {
            id: subnetId
          }
          publicIPAddress: {
            id: publicIpAddressId
          }
        }
      }
    ]
  }
}

@description('Resource id of the firewall.')
output resourceId string = firewall.id

@description('Name of the firewall.')
output name string = firewall.name

@description('Private address of the firewall. The deployment fails here, before any cluster, if it is not the expected one.')
output privateIpAddress string = firewall.properties.ipConfigurations[0].properties.privateIPAddress == expectedPrivateIpAddress
  ? firewall.properties.ipConfigurations[0].properties.privateIPAddress
  : fail('The firewall has another private address than its routes and DNS settings name. Give it a subnet of its own.')
