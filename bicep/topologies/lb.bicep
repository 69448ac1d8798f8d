metadata name = 'Load balancer'
metadata description = 'A cluster that leaves by the public addresses of a load balancer that AKS makes.'

targetScope = 'resourceGroup'

@description('Optional. Region of everything.')
param location string = resourceGroup().location

@description('Optional. Tags of everything.')
param tags { *: string } = {}

@description('Optional. Name of the cluster.')
param clusterName string = 'aks-lb'

@description('Optional. Number of nodes.')
@minValue(1)
@maxValue(1000)
param nodeCount int = 3

@description('Optional. Size of each node.')
param nodeVmSize string = 'Standard_D2s_v5'

@description('Optional. Ranges that may call the API server; the load balancer\'s own addresses are added by AKS. Empty means everybody.')
@maxLength(200)
param authorizedIpRanges string[] = []

@description('Optional. Number of public addresses.')
@minValue(1)
@maxValue(100)
param managedOutboundIpCount int = 1

@description('Optional. Minutes after which an idle flow is dropped.')
@minValue(4)
@maxValue(120)
param idleTimeoutInMinutes int = 30

@description('Optional. SNAT ports of each node, a multiple of 8. 0 leaves it to the size of the pool.')
@minValue(0)
@maxValue(64000)
param allocatedOutboundPorts int = 0

@description('The cluster.')
module cluster '../modules/aks.bicep' = {
  params: {
    name: clusterName
    location: location
    tags: tags
    systemPool: { name: 'nodepool1', count: nodeCount, vmSize: nodeVmSize }
    authorizedIpRanges: authorizedIpRanges
    outbound: {
      outboundType: 'loadBalancer'
      managedOutboundIpCount: managedOutboundIpCount
      idleTimeoutInMinutes: idleTimeoutInMinutes
      allocatedOutboundPorts: allocatedOutboundPorts
    }
  }
}

@description('Resource id of the cluster.')
output clusterId string = cluster.outputs.resourceId

@description('Name of the cluster.')
output clusterName string = cluster.outputs.name
