targetScope = 'managementGroup'
output name string = managementGroup().name
output id string = tenantResourceId('Microsoft.Management/managementGroups', 'm')
