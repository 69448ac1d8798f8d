@onlyIfNotExists()
resource once 'Microsoft.Network/routeTables@2024-07-01' = { name: 'o', location: 'x' }
@retryOn(['Conflict', 'TooManyRequests'], 3)
resource again 'Microsoft.Network/routeTables@2024-07-01' = { name: 'a', location: 'x', dependsOn: [once] }
