param text string
param number int
param list array
param thing object

output texts array = [
  concat('a', text)
  format('{0}-{1:D4}', text, number)
  base64(text)
  base64ToString(base64(text))
  base64ToJson('e30=')
  padLeft(number, 4, '0')
  replace(text, 'a', 'b')
  toLower(text)
  toUpper(text)
  trim(text)
  uri('https://example.org/a/', text)
  uriComponent(text)
  uriComponentToString(text)
  substring(text, 1, 2)
  split(text, ['-', '_'])
  join(['a', text], ',')
  string(thing)
  startsWith(text, 'a')
  endsWith(text, 'a')
  indexOf(text, 'a')
  lastIndexOf(text, 'a')
  dataUri(text)
  dataUriToString(text)
  uniqueString(text, 'x')
  guid(text, 'x')
  like(text, 'a*')
]
output numbers array = [int('1'), min(1, number), max([1, number]), length(text), dateTimeToEpoch('2020-01-01T00:00:00Z'), range(0, 3)]
output dates array = [dateTimeAdd('2020-01-01T00:00:00Z', 'P1D', 'yyyy-MM-dd'), dateTimeFromEpoch(1700000000)]
output arrays array = [
  array(text)
  contains(list, 1)
  empty(list)
  first(list)
  last(list)
  take(list, 1)
  skip(list, 1)
  flatten([list, list])
  distinct(list)
  union(list, [1])
  intersection(list, [1])
]
output objects array = [items(thing), objectKeys(thing), union(thing, {}), intersection(thing, {}), shallowMerge([thing, {}]), json('{"a":1}'), contains(thing, 'a')]
output networks array = [cidrSubnet('10.0.0.0/16', 24, 1), cidrHost('10.0.0.0/24', 3), parseCidr('10.0.0.0/24').broadcast]
output uris array = [parseUri('https://example.org:8080/a?b').host, buildUri({ scheme: 'https', host: 'example.org' })]
output logic array = [bool('true'), any(thing).b, nameof(text), nameof(thing.a)]
output where array = [
  resourceGroup().location
  subscription().subscriptionId
  tenant().tenantId
  deployment().name
  environment().suffixes.storage
  deployer().objectId
  resourceId('Microsoft.Network/virtualNetworks', 'n')
  resourceId('group', 'Microsoft.Network/virtualNetworks', 'n')
  subscriptionResourceId('Microsoft.Authorization/roleDefinitions', text)
  tenantResourceId('Microsoft.Management/managementGroups', 'm')
  extensionResourceId(resourceGroup().id, 'Microsoft.Authorization/locks', 'l')
  managementGroupResourceId('m', 'Microsoft.Authorization/policyDefinitions', 'p')
  az.resourceGroup().id
  sys.toLower('A')
  roleDefinitions('Reader').id
  pickZones('Microsoft.Compute', 'virtualMachines', 'westeurope')
  toLogicalZone(subscription().subscriptionId, 'westeurope', '1')
  toPhysicalZones(subscription().subscriptionId, 'westeurope', ['1'])
  reference(resourceId('Microsoft.Network/publicIPAddresses', 'p'), '2024-07-01').ipAddress
  listKeys('x', '2024-07-01')
]
output failing string = text == '' ? fail('no text') : text
