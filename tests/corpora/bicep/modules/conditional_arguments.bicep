// A conditional that is passed to a module is wrapped branch by branch, in a variable that must be inlined too; one whose variable stays a variable is a value.
param condition bool

resource account 'Microsoft.Storage/storageAccounts@2023-01-01' existing = {
  name: 'account'
}

var endpoint = condition ? account.properties.primaryEndpoints.blob : ''
var same = endpoint
var nested = (condition ? same : 'x')
var known = condition ? '1' : '2'

module direct '../shared/child.bicep' = {
  params: { name: condition ? 'a' : 'b' }
}

module inlined '../shared/child.bicep' = {
  params: { name: endpoint }
}

module twice '../shared/child.bicep' = {
  params: { name: condition ? nested : (any(known)) }
}

module plain '../shared/child.bicep' = {
  params: { name: known }
}

module part '../shared/child.bicep' = {
  params: { name: '${endpoint}-x' }
}

module many '../shared/child.bicep' = [
  for index in range(0, 2): {
    params: { name: index == 0 ? endpoint : (same)! }
  }
]
