var name_var = 'x'
var fine = name_var
var _var = fine

resource storage_resource 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: name_var
}

resource named_resource 'Microsoft.Storage/storageAccounts@2025-01-01' existing = {
  name: 'literal'
}

output o array = [storage_resource.id, named_resource.id, _var]
