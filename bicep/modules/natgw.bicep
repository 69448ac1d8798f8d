metadata name = 'NAT gateway'
metadata description = 'A NAT gateway and the public addresses that it leaves from. A subnet names it, not the other way round.'

targetScope = 'resourceGroup'

@description('Required. Name of the NAT gateway.')
param name string

@description('Required. Region of the NAT gateway.')
param location string

@description('Required. Resource ids of the Standard public addresses that it leaves from.')
@minLength(1)
@maxLength(16)
param publicIpAddressIds string[]

@description('Optional. Tags of the NAT gateway.')
param tags { *: string } = {}

@description('Optional. Minutes after which an idle TCP flow is dropped.')
@minValue(4)
@maxValue(120)
param idleTimeoutInMinutes int = 4

@description('The NAT gateway.')
resource natGateway 'Microsoft.Network/natGateways@2026-03-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
  }
  properties: {
    idleTimeoutInMinutes: idleTimeoutInMinutes
    publicIpAddresses: [
      for publicIpAddressId in publicIpAddressIds: {
        id: publicIpAddressId
      }
    ]
  }
}

@description('Resource id of the NAT gateway.')
output resourceId string = natGateway.id

@description('Name of the NAT gateway.')
output name string = natGateway.name
