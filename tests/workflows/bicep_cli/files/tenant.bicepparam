using 'tenant.bicep'
param name = 'group'
