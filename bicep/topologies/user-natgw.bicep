metadata name = 'User-assigned NAT gateway'
metadata description = 'A cluster in a network of its own, that leaves by the NAT gateway of the node subnet.'

targetScope = 'resourceGroup'

@description('Optional. Region of everything.')
param location string = resourceGroup().location

@description('Optional. Tags of everything.')
param tags { *: string } = {}

@description('Optional. Name of the cluster.')
param clusterName string = 'natCluster'

@description('Optional. Number of nodes.')
@minValue(1)
@maxValue(1000)
param nodeCount int = 3

@description('Optional. Size of each node.')
param nodeVmSize string = 'Standard_D2s_v5'

@description('Optional. Ranges that may call the API server, beside the NAT gateway\'s own address. Empty means everybody.')
@maxLength(199)
param authorizedIpRanges string[] = []

@description('Optional. Name of the cluster\'s identity.')
param identityName string = 'natClusterId'

@description('Optional. Name of the NAT gateway.')
param natGatewayName string = 'myNatGateway'

@description('Optional. Name of the public address that the NAT gateway leaves from.')
param publicIpAddressName string = 'myNatGatewayPip'

@description('Optional. Minutes after which an idle TCP flow is dropped.')
@minValue(4)
@maxValue(120)
param idleTimeoutInMinutes int = 4

@description('Optional. Name of the virtual network.')
param virtualNetworkName string = 'myVnet'

@description('Optional. Address range of the virtual network.')
param virtualNetworkPrefix string = '172.16.0.0/20'

@description('Optional. Name of the node subnet.')
param nodeSubnetName string = 'natCluster'

@description('Optional. Address range of the node subnet. Nodes and pods share it.')
param nodeSubnetPrefix string = '172.16.0.0/22'

@description('The address that the nodes leave from.')
module publicIpAddress '../modules/publicip.bicep' = {
  params: {
    name: publicIpAddressName
    location: location
    tags: tags
  }
}

@description('The way out.')
module natGateway '../modules/natgw.bicep' = {
  params: {
    name: natGatewayName
    location: location
    tags: tags
    publicIpAddressIds: [publicIpAddress.outputs.resourceId]
    idleTimeoutInMinutes: idleTimeoutInMinutes
  }
}

@description('The network. Its node subnet has the NAT gateway from the start, as AKS demands.')
module virtualNetwork '../modules/vnet.bicep' = {
  params: {
    name: virtualNetworkName
    location: location
    tags: tags
    addressPrefixes: [virtualNetworkPrefix]
    subnets: [
      {
        name: nodeSubnetName
        addressPrefix: nodeSubnetPrefix
        natGatewayId: natGateway.outputs.resourceId
      }
    ]
  }
}

@description('The cluster\'s identity, with its role on the node subnet.')
module identity '../modules/identity.bicep' = {
  params: {
    name: identityName
    location: location
    tags: tags
    virtualNetworkName: virtualNetworkName
    subnetName: nodeSubnetName
  }
  dependsOn: [virtualNetwork]
}

@description('The cluster.')
module cluster '../modules/aks.bicep' = {
  params: {
    name: clusterName
    location: location
    tags: tags
    systemPool: { name: 'nodepool1', count: nodeCount, vmSize: nodeVmSize }
    authorizedIpRanges: empty(authorizedIpRanges)
      ? []
      : concat(['${publicIpAddress.outputs.ipAddress}/32'], authorizedIpRanges)
    outbound: {
      outboundType: 'userAssignedNATGateway'
      nodeNetwork: {
        subnetId: virtualNetwork.outputs.subnetIds[nodeSubnetName]
        identityId: identity.outputs.resourceId
      }
    }
  }
}

@description('Resource id of the cluster.')
output clusterId string = cluster.outputs.resourceId

@description('Name of the cluster.')
output clusterName string = cluster.outputs.name

@description('Public addresses that the cluster leaves from.')
output outboundIpAddresses string[] = [publicIpAddress.outputs.ipAddress]
