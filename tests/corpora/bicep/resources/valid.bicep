param location string = resourceGroup().location
param deploy bool = true

resource table 'Microsoft.Network/routeTables@2024-07-01' = {
  name: 'table'
  location: location
  properties: { disableBgpRoutePropagation: true, routes: [] }
}

resource route 'Microsoft.Network/routeTables/routes@2024-07-01' = {
  parent: table
  name: 'default'
  properties: { nextHopType: 'Internet', addressPrefix: '0.0.0.0/0' }
}

@description('Only sometimes.')
resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = if (deploy) {
  name: 'address'
  location: location
  sku: { name: 'Standard' }
  zones: ['1']
  properties: { publicIPAllocationMethod: 'Static' }
  dependsOn: [route]
}

resource gateway 'microsoft.network/natgateways@2024-07-01' = {
  name: 'gateway'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: deploy ? [{ id: address.id }] : [] }
}

resource slashed 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = {
  name: 'net/sub'
  properties: { addressPrefix: '10.0.0.0/24', natGateway: { id: gateway.id }, routeTable: { id: table.id } }
}

output ip string? = address.?properties.ipAddress
output known array = [table.name, table.type, table.apiVersion, table.id, slashed.id, table.location]
