metadata name = 'Identity'
metadata description = 'A user-assigned identity and its roles on a network. Who waits for an output of this module finds the roles assigned.'

targetScope = 'resourceGroup'

@description('Required. Name of the identity.')
param name string

@description('Required. Region of the identity.')
param location string

@description('Required. Name of the virtual network, in this resource group, that the subnet is in.')
param virtualNetworkName string

@description('Required. Name of the subnet that the identity may join machines to.')
param subnetName string

@description('Optional. Names of the route tables, in this resource group, that the identity may write to.')
param routeTableNames string[] = []

@description('Optional. Tags of the identity.')
param tags { *: string } = {}

@description('Network Contributor, a role that every Azure tenant has under this GUID.')
var networkContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  '4d97b98b-1d4f-4787-a291-c67834d212e7'
)

@description('The virtual network. Names, not ids, come in, so that a plan knows what each assignment is called.')
resource virtualNetwork 'Microsoft.Network/virtualNetworks@2026-03-01' existing = {
  name: virtualNetworkName

  @description('The subnet that the nodes join.')
  resource subnet 'subnets' existing = {
    name: subnetName
  }
}

@description('The route tables that lead the nodes out.')
resource routeTables 'Microsoft.Network/routeTables@2026-03-01' existing = [
  for routeTableName in routeTableNames: {
    name: routeTableName
  }
]

@description('The identity.')
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Network Contributor on the subnet: nodes and load balancers join it.')
resource subnetRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(virtualNetwork::subnet.id, identity.id, networkContributor)
  scope: virtualNetwork::subnet
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: networkContributor
  }
}

@description('Network Contributor on the route tables: AKS reads them, and kubenet writes its own routes there.')
resource routeTableRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (routeTableName, index) in routeTableNames: {
    name: guid(routeTables[index].id, identity.id, networkContributor)
    scope: routeTables[index]
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: networkContributor
    }
  }
]

@description('Resource id of the identity.')
output resourceId string = identity.id

@description('Name of the identity.')
output name string = identity.name

@description('Object id of the identity in its tenant, for roles beyond the network.')
output principalId string = identity.properties.principalId
