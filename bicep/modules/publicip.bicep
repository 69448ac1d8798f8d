metadata name = 'Public IP address'
metadata description = 'A static Standard public address: one that a firewall or a NAT gateway leaves from.'

targetScope = 'resourceGroup'

@description('Required. Name of the public address.')
param name string

@description('Required. Region of the public address.')
param location string

@description('Optional. Tags of the public address.')
param tags { *: string } = {}

@description('Optional. Minutes after which an idle flow is dropped. A NAT gateway that uses the address has a timeout of its own.')
@minValue(4)
@maxValue(30)
param idleTimeoutInMinutes int = 4

@description('The public address.')
resource publicIpAddress 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Regional'
  }
  properties: {
    publicIPAddressVersion: 'IPv4'
    publicIPAllocationMethod: 'Static'
    idleTimeoutInMinutes: idleTimeoutInMinutes
  }
}

@description('Resource id of the public address.')
output resourceId string = publicIpAddress.id

@description('Name of the public address.')
output name string = publicIpAddress.name

@description('The address itself. It is static, so it is known as soon as the resource exists.')
output ipAddress string = publicIpAddress.properties.ipAddress
