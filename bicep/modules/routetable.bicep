metadata name = 'Route table'
metadata description = 'A route table with its routes inline: a deployment replaces all of them, so that none stays behind.'

targetScope = 'resourceGroup'

@description('A route through a virtual appliance, such as a firewall.')
type routeThroughAppliance = {
  @description('Required. Name of the route.')
  name: string

  @description('Required. Destination in CIDR notation.')
  addressPrefix: string

  @description('Required. The packet is handed to an appliance.')
  nextHopType: 'VirtualAppliance'

  @description('Required. Private address of the appliance.')
  nextHopIpAddress: string
}

@description('A route straight to the internet.')
type routeToInternet = {
  @description('Required. Name of the route.')
  name: string

  @description('Required. Destination in CIDR notation.')
  addressPrefix: string

  @description('Required. The packet leaves by the outbound method of its subnet.')
  nextHopType: 'Internet'
}

@export()
@description('A route. Only an appliance has a next hop address, and it must have one.')
@discriminator('nextHopType')
type route = routeThroughAppliance | routeToInternet

@description('Required. Name of the route table.')
param name string

@description('Required. Region of the route table.')
param location string

@description('Required. The routes. The longest prefix wins.')
param routes route[]

@description('Optional. Tags of the route table.')
param tags { *: string } = {}

@description('The route table.')
resource routeTable 'Microsoft.Network/routeTables@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    disableBgpRoutePropagation: false
    routes: [
      for route in routes: {
        name: route.name
        properties: {
          addressPrefix: route.addressPrefix
          nextHopType: route.nextHopType
          nextHopIpAddress: route.?nextHopIpAddress
        }
      }
    ]
  }
}

@description('Resource id of the route table.')
output resourceId string = routeTable.id

@description('Name of the route table.')
output name string = routeTable.name
