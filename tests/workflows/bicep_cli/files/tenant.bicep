targetScope = 'tenant'
param name string

resource group 'Microsoft.Management/managementGroups@2023-04-01' = {
  name: name
}

output tenant string = tenant().tenantId
