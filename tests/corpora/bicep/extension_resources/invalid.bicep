resource network 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'n' }
resource table 'Microsoft.Network/routeTables@2024-07-01' = { name: 't', location: 'x', scope: network }
resource lock 'Microsoft.Authorization/locks@2020-05-01' = { name: 'l', scope: 1, properties: { level: 'ReadOnly' } }
resource group 'Microsoft.Authorization/locks@2020-05-01' = { name: 'm', scope: resourceGroup('other'), properties: { level: 'Never' } }
