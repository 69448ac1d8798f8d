param env string
param suffix int
output o string = '${env}${suffix}'
