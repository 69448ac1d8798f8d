var loop = next
var next = last
var last = loop
var itself = itself
param twice string
var twice = 1
output unknown string = undefinedThing
output misspelt string = lenght('x')
output arity string = length()
output tooMany string = substring('x', 1, 2, 3)
var broken = undefinedThing
output follows string = broken
output deeper string = broken.member
var used = { first: 1 }
output member string = used.other
output near string = resourceGroup().locaton
output scalar string = used.first.second
param typed undefinedType
output outer string = typed
resource one 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: two.id
}
resource two 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: one.id
}
output cyclic string = one.id
var unusedVariable = 1
param unusedParameter string
