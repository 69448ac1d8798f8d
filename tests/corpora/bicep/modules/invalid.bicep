module noPath
module noBody '../shared/child.bicep'
module nowhere '../shared/nowhere.bicep' = { params: {} }
module missing '../shared/child.bicep' = { params: {} }
module unknown '../shared/child.bicep' = { params: { name: 'a', other: 1 } }
module kind '../shared/child.bicep' = { params: { name: 1 } }
module member '../shared/child.bicep' = { params: { name: 'a' }, propertes: {} }
module empty '' = { params: {} }
module registry 'br:example.azurecr.io/a/b:1' = { params: {} }
module alias 'br/nobody:a/b:1' = { params: {} }
module data '../shared/data.json' = { params: {} }
module scope '../shared/subscription.bicep' = {}
module noParams '../shared/child.bicep' = { name: 'x' }
module first '../shared/child.bicep' = { params: { name: second.outputs.both } }
module second '../shared/child.bicep' = { params: { name: first.outputs.both } }
module secret '../shared/child.bicep' = { params: { name: 'a' } }
output unknown string = secret.outputs.nothing
output near string = secret.outputs.bothh
output whole object = secret.outputs
output hidden string = secret.outputs.secret
output properties object = secret.properties
