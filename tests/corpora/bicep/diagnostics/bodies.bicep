param name string
param count int
param tags object
param kind 'IPv4' | 'IPv6'

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  locaton: 'westeurope'
  properties: {
    addressSpace: {
      addressPrefix: '10.0.0.0/16'
    }
    provisioningState: 'Succeeded'
    enableDdosProtection: 'yes'
    subnets: [
      'one'
      {
        name: 'two'
        properties: {
          addressPrefixe: '10.0.1.0/24'
          defaultOutboundAccess: false
        }
      }
    ]
  }
}

resource gateway 'Microsoft.Network/natGateways@2026-03-01' = {
  name: '${name}-gateway'
  location: 'westeurope'
  sku: {
    name: 'Standrd'
  }
  properties: {
    idleTimeoutInMinutes: '4'
    publicIpAddresses: [
      { id: network.id, nam: 'x' }
    ]
    resourceGuid: 'a'
  }
  kind: 'x'
}

resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = {
  name: 'address'
  location: network.location
  id: 'x'
  tags: tags
  properties: {
    publicIPAddressVersion: kind
    publicIPAllocationMethod: name
    idleTimeoutInMinutes: count
  }
}

resource nameless 'Microsoft.Network/routeTables@2026-03-01' = {
  location: 'westeurope'
}

resource unknownType 'Microsoft.Netwerk/routeTables@2026-03-01' = {
  name: 'a'
  custom: 1
}

resource unknownVersion 'Microsoft.Network/routeTables@2020-02-30' = {
  name: 'b'
  sku: 'Standard'
}

resource there 'Microsoft.Network/routeTables@2026-03-01' existing = {
  name: 'c'
  location: 'westeurope'
}

var routes = [
  { name: 'all', properties: { nextHopTyp: 'Internet' } }
]
resource table 'Microsoft.Network/routeTables@2026-03-01' = {
  name: 'd'
  location: 'westeurope'
  properties: {
    routes: routes
  }
  dependsOn: [
    name
    any('x')
  ]
}

output state string = network.properties.provisioningStat
output guid string = gateway.properties.resourceGuid
output nothing string = gateway.nothing
output id bool = network.id
