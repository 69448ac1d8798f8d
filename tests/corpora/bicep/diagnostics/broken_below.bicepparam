using 'names.bicep'
