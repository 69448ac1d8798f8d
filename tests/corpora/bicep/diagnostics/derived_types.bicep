param subnets resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties.subnets
param space resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties.addressSpace
param location resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.location?
param read resourceOutput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties
param tier resourceInput<'Microsoft.Network/azureFirewalls@2026-03-01'>.properties.sku.tier
output whole object = subnets
output unknown object = subnets[0].properties.foo
output number int = subnets[0].properties.addressPrefix
output prefixes int = space.addressPrefixes
output place int = location
output state int = read.provisioningState
output level int = tier
var given resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties = {
  foo: 1
  provisioningState: 'x'
  addressSpace: { addressPrefixes: [1] }
}
var kept resourceOutput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties = {
  foo: 1
  provisioningState: 'x'
}
module child 'derived_child.bicep' = {
  params: {
    properties: { foo: 1, addressSpace: 1 }
    tier: 1
  }
}
type unknownProperty = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.foo
type misspelt = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.propertis
type noAdditional = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties.*
type noTuple = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties.subnets[0]
type wholeBody = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>
type inside = { x: resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'> }
type noObject = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.location.foo
type old = resource<'Microsoft.Network/virtualNetworks@2026-03-01'>.location
type uncalled = resourceInput
type none = resourceInput<>
type two = resourceInput<'abc', 'def'>
type number = resourceInput<123>
type noVersion = resourceInput<'Microsoft.Network/virtualNetworks'>
type badVersion = resourceInput<'Microsoft.Network/virtualNetworks@hello'>
type otherNamespace = resourceInput<'other:Microsoft.Network/virtualNetworks@2026-03-01'>.location
type noNamespace = resourceInput<':Microsoft.Network/virtualNetworks@2026-03-01'>.location
type system = resourceInput<'sys:Microsoft.Network/virtualNetworks@2026-03-01'>.location
type interpolated = resourceInput<'Microsoft.${'Network'}/virtualNetworks@2026-03-01'>.location
type unknownCall = foo<'a'>
@sealed()
type closed = resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties.addressSpace
