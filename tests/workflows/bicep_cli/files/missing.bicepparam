using 'good.bicep'
