using 'main.bicep'
param secret = 'x'
param plain = '${secret}-y'
param parts = { key: secret }
var v = secret
param through = v
