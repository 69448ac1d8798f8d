using 'one.bicep'
param   a = 'x'
