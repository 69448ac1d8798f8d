@description('What it is called.')
param name string
param size int = 1
param tags object = {}
@secure()
param password string = ''

output id string = resourceGroup().id
output both string = '${name}-${size}'
output list array = [for number in range(0, size): '${name}${number}']
output tagged object = tags
@secure()
output secret string = password
