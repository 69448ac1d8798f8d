metadata name = 'User-defined routing'
metadata description = 'A cluster that leaves by an Azure Firewall, which lets through what AKS needs and what the allow list names.'

targetScope = 'resourceGroup'

import { firewallTier as tier, ruleCollectionGroup } from '../modules/firewallpolicy.bicep'

@export()
@description('Names that the pods may reach.')
type allowedFqdns = {
  @description('Required. Name of the entry.')
  @maxLength(80)
  name: string

  @description('Required. Lower comes first; unique in the list, and after what AKS needs.')
  @minValue(101)
  @maxValue(65000)
  priority: int

  @description('Required. http is TCP 80, https is TCP 443.')
  @minLength(1)
  protocols: ('http' | 'https')[]

  @description('Required. The names; a * may stand at the far left.')
  @minLength(1)
  fqdns: string[]
}

@description('Optional. Region of everything.')
param location string = resourceGroup().location

@description('Optional. Tags of everything.')
param tags { *: string } = {}

@description('Optional. What the pods may reach, beyond what AKS itself needs.')
param allowList allowedFqdns[] = [
  {
    name: 'dockerhub-registry'
    priority: 200
    protocols: ['https']
    fqdns: [
      'hub.docker.com'
      'registry-1.docker.io'
      'production.cloudflare.docker.com'
      'auth.docker.io'
      'cdn.auth0.com'
      'login.docker.com'
    ]
  }
  {
    name: 'ifconfig'
    priority: 300
    protocols: ['http']
    fqdns: ['ifconfig.me']
  }
]

@description('Optional. Name of the cluster.')
param clusterName string = 'aks-udr'

@description('Optional. Number of nodes.')
@minValue(1)
@maxValue(1000)
param nodeCount int = 3

@description('Optional. Size of each node.')
param nodeVmSize string = 'Standard_D2s_v5'

@description('Optional. Ranges that may call the API server, beside the firewall\'s own address.')
@maxLength(199)
param authorizedIpRanges string[] = []

@description('Optional. Name of the virtual network.')
param virtualNetworkName string = 'aks-vnet'

@description('Optional. Address range of the virtual network.')
param virtualNetworkPrefix string = '10.42.0.0/16'

@description('Optional. Name of the node subnet.')
param nodeSubnetName string = 'aks-subnet'

@description('Optional. Address range of the node subnet. Nodes and pods share it.')
param nodeSubnetPrefix string = '10.42.1.0/24'

@description('Optional. Address range of the firewall\'s subnet, /26 or larger.')
param firewallSubnetPrefix string = '10.42.2.0/24'

@description('Optional. Name of the firewall.')
param firewallName string = 'hub-firewall'

@description('Optional. Tier of the firewall and its policy.')
param firewallTier tier = 'Standard'

@description('Optional. Name of the public address that the firewall leaves from.')
param firewallPublicIpName string = 'firewall-publicip'

@description('Optional. Name of the route table of the node subnet.')
param routeTableName string = 'firewall-routetable'

@description('The region as Azure spells it in a service tag: westeurope, not West Europe.')
var region = toLower(replace(location, ' ', ''))

@description('The first usable address, which Azure assigns. To ask the firewall for it would be a cycle; its module checks it.')
var firewallPrivateIp = cidrHost(firewallSubnetPrefix, 3)

@description('The protocols of a rule, as a firewall policy spells them.')
var protocols = {
  http: { protocolType: 'Http', port: 80 }
  https: { protocolType: 'Https', port: 443 }
}

@description('The rules; the rest is denied. The allow list is a group of its own, so that a change to it changes one resource.')
var ruleCollectionGroups ruleCollectionGroup[] = [
  {
    name: 'DefaultNetworkRuleCollectionGroup'
    priority: 200
    ruleCollections: [
      {
        name: 'aksfwnr'
        priority: 100
        action: 'Allow'
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'apiudp'
            sourceAddresses: ['*']
            ipProtocols: ['UDP']
            destinationAddresses: ['AzureCloud.${region}']
            destinationPorts: ['1194']
          }
          {
            ruleType: 'NetworkRule'
            name: 'apitcp'
            sourceAddresses: ['*']
            ipProtocols: ['TCP']
            destinationAddresses: ['AzureCloud.${region}']
            destinationPorts: ['9000']
          }
          {
            ruleType: 'NetworkRule'
            name: 'time'
            sourceAddresses: ['*']
            ipProtocols: ['UDP']
            destinationFqdns: ['ntp.ubuntu.com']
            destinationPorts: ['123']
          }
        ]
      }
    ]
  }
  {
    name: 'DefaultApplicationRuleCollectionGroup'
    priority: 300
    ruleCollections: [
      {
        name: 'aksfwar'
        priority: 100
        action: 'Allow'
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'fqdn'
            sourceAddresses: ['*']
            protocols: [protocols.http, protocols.https]
            fqdnTags: ['AzureKubernetesService']
          }
        ]
      }
    ]
  }
  {
    name: 'AllowListRuleCollectionGroup'
    priority: 400
    ruleCollections: map(allowList, entry => {
      name: entry.name
      priority: entry.priority
      action: 'Allow'
      rules: [
        {
          ruleType: 'ApplicationRule'
          name: entry.name
          sourceAddresses: ['*']
          protocols: map(entry.protocols, protocol => protocols[protocol])
          targetFqdns: entry.fqdns
        }
      ]
    })
  }
]

@description('The address that the nodes leave from.')
module firewallPublicIp '../modules/publicip.bicep' = {
  params: {
    name: firewallPublicIpName
    location: location
    tags: tags
  }
}

@description('The way out of the node subnet.')
module routeTable '../modules/routetable.bicep' = {
  params: {
    name: routeTableName
    location: location
    tags: tags
    routes: [
      {
        name: 'firewall-route'
        addressPrefix: '0.0.0.0/0'
        nextHopType: 'VirtualAppliance'
        nextHopIpAddress: firewallPrivateIp
      }
      {
        name: 'firewall-route-internet'
        addressPrefix: '${firewallPublicIp.outputs.ipAddress}/32'
        nextHopType: 'Internet'
      }
    ]
  }
}

@description('The network. It asks the firewall for names, so that nodes and rules see the same addresses behind them.')
module virtualNetwork '../modules/vnet.bicep' = {
  params: {
    name: virtualNetworkName
    location: location
    tags: tags
    addressPrefixes: [virtualNetworkPrefix]
    dnsServers: [firewallPrivateIp]
    subnets: [
      {
        name: nodeSubnetName
        addressPrefix: nodeSubnetPrefix
        routeTableId: routeTable.outputs.resourceId
      }
      { name: 'AzureFirewallSubnet', addressPrefix: firewallSubnetPrefix }
    ]
  }
}

@description('The rules.')
module firewallPolicy '../modules/firewallpolicy.bicep' = {
  params: {
    name: '${firewallName}-policy'
    location: location
    tags: tags
    tier: firewallTier
    ruleCollectionGroups: ruleCollectionGroups
  }
}

@description('The firewall. It waits for the output of its policy, and so for every rule.')
module firewall '../modules/firewall.bicep' = {
  params: {
    name: firewallName
    location: location
    tags: tags
    tier: firewallTier
    policyId: firewallPolicy.outputs.resourceId
    subnetId: virtualNetwork.outputs.subnetIds.AzureFirewallSubnet
    publicIpAddressId: firewallPublicIp.outputs.resourceId
    expectedPrivateIpAddress: firewallPrivateIp
  }
}

@description('The cluster\'s identity, with its roles. It needs the network, which in turn waited for the route table.')
module identity '../modules/identity.bicep' = {
  params: {
    name: '${clusterName}-identity'
    location: location
    tags: tags
    virtualNetworkName: virtualNetworkName
    subnetName: nodeSubnetName
    routeTableNames: [routeTableName]
  }
  dependsOn: [virtualNetwork]
}

@description('The cluster. Nothing in it names the firewall, but its nodes need the firewall\'s rules to start.')
module cluster '../modules/aks.bicep' = {
  params: {
    name: clusterName
    location: location
    tags: tags
    systemPool: { name: 'nodepool1', count: nodeCount, vmSize: nodeVmSize }
    authorizedIpRanges: concat(['${firewallPublicIp.outputs.ipAddress}/32'], authorizedIpRanges)
    outbound: {
      outboundType: 'userDefinedRouting'
      nodeNetwork: {
        subnetId: virtualNetwork.outputs.subnetIds[nodeSubnetName]
        identityId: identity.outputs.resourceId
      }
    }
  }
  dependsOn: [firewall]
}

@description('Resource id of the cluster.')
output clusterId string = cluster.outputs.resourceId

@description('Name of the cluster.')
output clusterName string = cluster.outputs.name

@description('Public addresses that the cluster leaves from.')
output outboundIpAddresses string[] = [firewallPublicIp.outputs.ipAddress]

@description('Private address of the firewall: the next hop and the DNS server of the nodes.')
output firewallPrivateIpAddress string = firewall.outputs.privateIpAddress
