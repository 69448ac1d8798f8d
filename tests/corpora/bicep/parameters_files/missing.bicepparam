using 'target.bicep'
