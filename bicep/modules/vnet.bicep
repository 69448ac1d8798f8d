metadata name = 'Virtual network'
metadata description = 'A virtual network with its subnets inline: a subnet declared apart would be removed by the next deployment of its network.'

targetScope = 'resourceGroup'

@export()
@description('A subnet. It leaves by the route table or the NAT gateway named here, never by default outbound access.')
type subnet = {
  @description('Required. Name of the subnet.')
  name: string

  @description('Required. Address range in CIDR notation, inside that of the network.')
  addressPrefix: string

  @description('Optional. Resource id of the route table of the subnet.')
  routeTableId: string?

  @description('Optional. Resource id of the NAT gateway of the subnet.')
  natGatewayId: string?
}

@description('Required. Name of the virtual network.')
param name string

@description('Required. Region of the virtual network.')
param location string

@description('Required. Address ranges in CIDR notation.')
@minLength(1)
param addressPrefixes string[]

@description('Required. The subnets.')
@minLength(1)
param subnets subnet[]

@description('Optional. Tags of the virtual network.')
param tags { *: string } = {}

@description('Optional. DNS servers that the machines of the network ask. Empty means Azure DNS.')
param dnsServers string[] = []

@description('The virtual network.')
resource virtualNetwork 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: addressPrefixes
    }
    dhcpOptions: {
      dnsServers: dnsServers
    }
    subnets: [
      for subnet in subnets: {
        name: subnet.name
        properties: {
          addressPrefix: subnet.addressPrefix
          defaultOutboundAccess: false
          routeTable: subnet.?routeTableId == null ? null : { id: subnet.routeTableId! }
          natGateway: subnet.?natGatewayId == null ? null : { id: subnet.natGatewayId! }
        }
      }
    ]
  }
}

@description('Resource id of the virtual network.')
output resourceId string = virtualNetwork.id

@description('Name of the virtual network.')
output name string = virtualNetwork.name

@description('Resource ids of the subnets, by name.')
output subnetIds { *: string } = toObject(
  subnets,
  subnet => subnet.name,
  subnet => '${virtualNetwork.id}/subnets/${subnet.name}'
)
