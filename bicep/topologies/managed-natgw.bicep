metadata name = 'Managed NAT gateway'
metadata description = 'A cluster that leaves by the public addresses of a NAT gateway that AKS makes.'

targetScope = 'resourceGroup'

@description('Optional. Region of everything.')
param location string = resourceGroup().location

@description('Optional. Tags of everything.')
param tags { *: string } = {}

@description('Optional. Name of the cluster.')
param clusterName string = 'aks-natgateway'

@description('Optional. Number of nodes.')
@minValue(1)
@maxValue(1000)
param nodeCount int = 3

@description('Optional. Size of each node.')
param nodeVmSize string = 'Standard_D2s_v5'

@description('Optional. Ranges that may call the API server, the NAT gateway\'s own addresses among them. Empty means everybody.')
@maxLength(200)
param authorizedIpRanges string[] = [] // the addresses are known only after a first deployment without ranges

@description('Optional. Number of public addresses.')
@minValue(1)
@maxValue(16)
param managedOutboundIpCount int = 2

@description('Optional. Minutes after which an idle TCP flow is dropped.')
@minValue(4)
@maxValue(120)
param idleTimeoutInMinutes int = 4

@description('The cluster.')
module cluster '../modules/aks.bicep' = {
  params: {
    name: clusterName
    location: location
    tags: tags
    systemPool: { name: 'nodepool1', count: nodeCount, vmSize: nodeVmSize }
    authorizedIpRanges: authorizedIpRanges
    outbound: {
      outboundType: 'managedNATGateway'
      managedOutboundIpCount: managedOutboundIpCount
      idleTimeoutInMinutes: idleTimeoutInMinutes
    }
  }
}

@description('Resource id of the cluster.')
output clusterId string = cluster.outputs.resourceId

@description('Name of the cluster.')
output clusterName string = cluster.outputs.name
