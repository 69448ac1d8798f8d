using '../bicep/topologies/lb.bicep'

param clusterName = 'aks-lb'
param nodeCount = 3

param managedOutboundIpCount = 1
param allocatedOutboundPorts = 0
param idleTimeoutInMinutes = 30
