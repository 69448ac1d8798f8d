metadata description = 'A cluster in a network that another file makes.'

@description('Required. The subnet of the nodes.')
param nodeSubnetId string

@secure()
@description('Required. A password, which nobody prints.')
param password string

@description('Optional. The region.')
param location string = resourceGroup().location

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: 'id-cluster'
  scope: resourceGroup('rg-identities')
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-05-01' = {
  name: 'aks'
  location: location
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    dnsPrefix: 'aks'
    windowsProfile: {
      adminUsername: 'azureuser'
      adminPassword: password
    }
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userDefinedRouting'
    }
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 1
        vmSize: 'Standard_D4s_v5'
        vnetSubnetID: nodeSubnetId
      }
    ]
  }
}

output principal string = identity.properties.principalId
