@secure()
param secret string
@secure()
param whole object
param parts {
  @secure()
  key: string
  plain: string
}
resource storage 'Microsoft.Storage/storageAccounts@2025-01-01' existing = { name: 'a' }

output adminPassword string = 'x'
@description('with a decorator')
output aPasswordToo string = 'x'
output a string = secret
output b string = '${secret}-x'
output c object = parts
output d string = parts.plain
output e string = parts.key
output f string = parts['key']
output g object = whole
output h string = whole.a.b
output i string = storage.listKeys().keys[0].value
output j object = listKeys(storage.id, '2024-01-01')
@secure()
output k string = secret
output l int = length(secret)
