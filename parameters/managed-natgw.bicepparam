using '../bicep/topologies/managed-natgw.bicep'

param clusterName = 'aks-natgateway'
param nodeCount = 3

param managedOutboundIpCount = 2
param idleTimeoutInMinutes = 4
