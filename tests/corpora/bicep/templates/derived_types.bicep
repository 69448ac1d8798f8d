// types derived from Microsoft's, and parts of types through names that only stand for others
type accountProperties = resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.properties
type network = { subnets: { prefix: string, *: int }[], pair: [string, { deep: bool }] }
type alias = network
type cat = { kind: 'cat', lives: int }
type dog = { kind: 'dog', name: string }
@discriminator('kind')
type pet = cat | dog
type shapes = ['a', 'b'] | ['c']

@description('''Whether only https is let in.
  Everything else
    is refused.''')
param onlyHttps accountProperties.supportsHttpsTrafficOnly?
param tags resourceInput<'Microsoft.Storage/storageAccounts@2023-01-01'>.tags?
param acls accountProperties.networkAcls.ipRules[*]
param prefix alias.subnets[*].prefix
param extra alias.subnets[*].*
param deep network.pair[1].deep
@discriminator('kind')
param animal (cat | dog)?
param literal ('x' | 'y')[]
param mixed ({ a: 1 } | { b: 'x' })
param chosen shapes = ['c']
param owner pet

output kind resourceOutput<'Microsoft.Storage/storageAccounts@2023-01-01'>.kind = 'StorageV2'
output used array = [onlyHttps, tags, acls, prefix, extra, deep, animal, literal, mixed, chosen, owner]
