resource
resource noType
resource noBody 'Microsoft.Network/routeTables@2024-07-01'
resource noVersion 'Microsoft.Network/routeTables' = { name: 'a', location: 'x' }
resource badVersion 'Microsoft.Network/routeTables@2024-07-02' = { name: 'a', location: 'x' }
resource badType 'Microsoft.Network/routeTable@2024-07-01' = { name: 'a', location: 'x' }
resource noName 'Microsoft.Network/routeTables@2024-07-01' = { location: 'x' }
resource kind 'Microsoft.Network/routeTables@2024-07-01' = { name: 1, location: 'x' }
resource unknown 'Microsoft.Network/routeTables@2024-07-01' = { name: 'b', location: 'x', propertes: {} }
resource inner 'Microsoft.Network/routeTables@2024-07-01' = { name: 'c', location: 'x', properties: { rutes: [], disableBgpRoutePropagation: 'yes' } }
resource readOnly 'Microsoft.Network/routeTables@2024-07-01' = { name: 'd', location: 'x', properties: { provisioningState: 'Succeeded' } }
resource enum 'Microsoft.Network/publicIPAddresses@2024-07-01' = { name: 'e', location: 'x', sku: { name: 'Standrd' } }
resource same 'Microsoft.Network/routeTables@2024-07-01' = { name: 'd', location: 'x' }
resource condition 'Microsoft.Network/routeTables@2024-07-01' = if ('a') { name: 'f', location: 'x' }
resource runtime 'Microsoft.Network/routeTables@2024-07-01' = { name: same.properties.provisioningState, location: 'x' }
resource depends 'Microsoft.Network/routeTables@2024-07-01' = { name: 'g', location: 'x', dependsOn: ['same'] }
resource itself 'Microsoft.Network/routeTables@2024-07-01' = { name: 'h', location: itself.location }
resource text 'Microsoft.Network/routeTables@2024-07-01' = 'a'
resource child 'Microsoft.Network/routeTables/routes@2024-07-01' = { name: 'only' }
resource wrongParent 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { parent: same, name: 'x' }
output member string = same.properties.nothing
output top string = same.nothing
