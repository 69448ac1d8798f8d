using 'management.bicep'
param name = 'definition'
