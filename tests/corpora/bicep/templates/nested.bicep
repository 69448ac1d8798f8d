// the order of nested resources, names with several segments, options
resource database 'Microsoft.Sql/servers/databases@2021-11-01' = {
  name: 'server/db'
  location: resourceGroup().location

  resource encryption 'transparentDataEncryption' = {
    name: 'current'
    properties: {
      state: 'Enabled'
    }
  }
}

@onlyIfNotExists()
resource network 'Microsoft.Network/virtualNetworks@2023-04-01' = {
  name: 'net'
  location: resourceGroup().location

  resource first 'subnets' = {
    name: 'one'
    properties: {}
  }
  resource second 'virtualNetworkPeerings' = {
    name: 'two'
    properties: {}
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'lock'
  scope: database::encryption
  properties: {
    level: 'CanNotDelete'
  }
}

var zones = toLogicalZones(subscription().subscriptionId, 'westeurope', ['a'])
var picked = pickZones('Microsoft.Compute', 'virtualMachines', 'westeurope')
output all array = [zones, picked, network::first.name, roleDefinitions('Reader').id]
