metadata name = 'AKS cluster'
metadata description = 'An AKS cluster with one system pool. How it leaves is one value, so that no outbound type meets a profile or a network of another.'

targetScope = 'resourceGroup'

@export()
@description('The network that the nodes join, and the identity that was allowed to join them.')
type nodeNetwork = {
  @description('Required. Resource id of the node subnet.')
  subnetId: string

  @description('Required. Resource id of a user-assigned identity, already Network Contributor on the subnet and its route table.')
  identityId: string
}

@description('Leaves by a load balancer that AKS makes.')
type loadBalancerOutbound = {
  @description('Required. The outbound rule of a Standard load balancer.')
  outboundType: 'loadBalancer'

  @description('Required. Number of public addresses that AKS makes.')
  @minValue(1)
  @maxValue(100)
  managedOutboundIpCount: int

  @description('Required. Minutes after which an idle flow is dropped.')
  @minValue(4)
  @maxValue(120)
  idleTimeoutInMinutes: int

  @description('Required. SNAT ports of each node, a multiple of 8. 0 leaves it to the size of the pool.')
  @minValue(0)
  @maxValue(64000)
  allocatedOutboundPorts: int
}

@description('Leaves by a NAT gateway that AKS makes, in a network that AKS makes.')
type managedNatGatewayOutbound = {
  @description('Required. A NAT gateway that AKS owns.')
  outboundType: 'managedNATGateway'

  @description('Required. Number of public addresses that AKS makes.')
  @minValue(1)
  @maxValue(16)
  managedOutboundIpCount: int

  @description('Required. Minutes after which an idle TCP flow is dropped.')
  @minValue(4)
  @maxValue(120)
  idleTimeoutInMinutes: int
}

@description('Leaves by the NAT gateway of the node subnet.')
type userAssignedNatGatewayOutbound = {
  @description('Required. A NAT gateway that is attached to the subnet before the cluster is made.')
  outboundType: 'userAssignedNATGateway'

  @description('Required. The network that the nodes join.')
  nodeNetwork: nodeNetwork
}

@description('Leaves where the route table of the node subnet leads.')
type userDefinedRoutingOutbound = {
  @description('Required. A default route to an appliance, in place before the cluster is made.')
  outboundType: 'userDefinedRouting'

  @description('Required. The network that the nodes join.')
  nodeNetwork: nodeNetwork
}

@export()
@description('The way out of the cluster.')
@discriminator('outboundType')
type outboundMethod =
  | loadBalancerOutbound
  | managedNatGatewayOutbound
  | userAssignedNatGatewayOutbound
  | userDefinedRoutingOutbound

@export()
@description('A pool of nodes.')
type nodePool = {
  @description('Required. Name of the pool: lower case letters and digits.')
  @minLength(1)
  @maxLength(12)
  name: string

  @description('Required. Number of nodes.')
  @minValue(1)
  @maxValue(1000)
  count: int

  @description('Required. Size of each node.')
  vmSize: string
}

@description('Required. Name of the cluster, and the start of its API server\'s name.')
@minLength(1)
@maxLength(54)
param name string

@description('Required. Region of the cluster.')
param location string

@description('Required. The pool that runs the system pods, and here all others.')
param systemPool nodePool

@description('Required. The way out.')
param outbound outboundMethod

@description('Optional. Ranges that may call the API server, in CIDR notation: its own way out among them. Empty means everybody.')
@maxLength(200)
param authorizedIpRanges string[] = []

@description('Optional. Tags of the cluster.')
param tags { *: string } = {}

@description('The cluster.')
resource cluster 'Microsoft.ContainerService/managedClusters@2026-08-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Base'
    tier: 'Free'
  }
  identity: outbound.?nodeNetwork == null
    ? {
        type: 'SystemAssigned'
      }
    : {
        type: 'UserAssigned'
        userAssignedIdentities: {
          '${outbound.nodeNetwork.identityId}': {}
        }
      }
  properties: {
    dnsPrefix: name
    enableRBAC: true
    agentPoolProfiles: [
      {
        name: systemPool.name
        mode: 'System'
        type: 'VirtualMachineScaleSets'
        count: systemPool.count
        vmSize: systemPool.vmSize
        osType: 'Linux'
        vnetSubnetID: outbound.?nodeNetwork.subnetId
      }
    ]
    apiServerAccessProfile: {
      authorizedIPRanges: authorizedIpRanges
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: outbound.?nodeNetwork == null ? 'overlay' : null
      loadBalancerSku: 'standard'
      outboundType: outbound.outboundType
      loadBalancerProfile: outbound.outboundType == 'loadBalancer'
        ? {
            managedOutboundIPs: {
              count: outbound.managedOutboundIpCount
            }
            allocatedOutboundPorts: outbound.allocatedOutboundPorts
            idleTimeoutInMinutes: outbound.idleTimeoutInMinutes
          }
        : null
      natGatewayProfile: outbound.outboundType == 'managedNATGateway'
        ? {
            sku: 'Standard'
            managedOutboundIPProfile: {
              count: outbound.managedOutboundIpCount
            }
            idleTimeoutInMinutes: outbound.idleTimeoutInMinutes
          }
        : null
    }
  }
}

@description('Resource id of the cluster.')
output resourceId string = cluster.id

@description('Name of the cluster.')
output name string = cluster.name
