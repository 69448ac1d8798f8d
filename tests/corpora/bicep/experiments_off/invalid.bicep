assert a = true
test t '../shared/child.bicep' = { params: { name: 'x' } }
@waitUntil(x => true, 'PT1M')
resource r 'Microsoft.Network/routeTables@2024-07-01' = { name: 'r', location: 'x' }
