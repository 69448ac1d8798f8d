targetScope = 'subscription'
resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = { name: 'g', location: deployment().location }
output id string = group.id
output where string = subscription().displayName
