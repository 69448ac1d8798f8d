targetScope = 'subscription'
param name string

resource group 'Microsoft.Resources/resourceGroups@2022-09-01' = {
  name: name
  location: deployment().location
}

output group string = group.id
