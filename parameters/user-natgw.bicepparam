using '../bicep/topologies/user-natgw.bicep'

param clusterName = 'natCluster'
param nodeCount = 3

param virtualNetworkPrefix = '172.16.0.0/20'
param nodeSubnetPrefix = '172.16.0.0/22'
param idleTimeoutInMinutes = 4
