@onlyIfNotExists(true)
resource once 'Microsoft.Network/routeTables@2024-07-01' = { name: 'o', location: 'x' }
@retryOn()
resource none 'Microsoft.Network/routeTables@2024-07-01' = { name: 'n', location: 'x' }
@retryOn('Conflict')
resource text 'Microsoft.Network/routeTables@2024-07-01' = { name: 't', location: 'x' }
@retryOn(['Conflict'], 0)
resource zero 'Microsoft.Network/routeTables@2024-07-01' = { name: 'z', location: 'x' }
@onlyIfNotExists()
module child '../shared/child.bicep' = { params: { name: 'a' } }
@onlyIfNotExists()
param p string
