param names string[]

@secure()
param secret string

resource networks 'Microsoft.Network/virtualNetworks@2026-03-01' = [for name in names: {
  name: name
}]

resource table 'Microsoft.Network/routeTables@2026-03-01' existing = {
  name: 'table'
}

resource tables 'Microsoft.Network/routeTables@2026-03-01' existing = [for name in names: {
  name: name
}]

resource gateway 'Microsoft.Network/natGateways@2026-03-01' existing = {
  name: '${table.name}x'
}

module first 'shared/child.bicep' = {
  params: {
    name: table.properties.provisioningState
    size: length(networks[0].properties.subnets)
  }
}

module each 'shared/child.bicep' = [for i in range(0, 3): if (i > 1) {
  scope: resourceGroup('group-${i}')
  params: {
    name: first.?outputs.name ?? ''
    size: i
  }
  dependsOn: [networks, gateway]
}]

module secrets 'shared/secret.bicep' = {}

module consumer 'shared/child.bicep' = {
  params: {
    name: secrets.outputs.secret
  }
}

@retryOn(['PrincipalNotFound'], 3)
@description('Tried again.')
resource address 'Microsoft.Network/publicIPAddresses@2026-03-01' = if (length(names) > 2) {
  name: 'address'
  tags: { secret: secret }
  dependsOn: [each]
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = [for (name, i) in names: {
  name: guid(tables[i].id)
  scope: tables[i]
  properties: { level: 'CanNotDelete' }
}]

output all array = map(networks, network => network.id)
output ip string? = address.?properties.ipAddress
output whole object = networks[1]
output listed string = table.id
