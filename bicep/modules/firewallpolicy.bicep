metadata name = 'Firewall policy'
metadata description = 'The rules of an Azure Firewall. Who waits for an output of this module finds every rule in place.'

targetScope = 'resourceGroup'

@description('A rule on packets, by address and port. It is matched before every application rule, whatever the priorities.')
type networkRule = {
  @description('Required. Network rules match packets.')
  ruleType: 'NetworkRule'

  @description('Required. Name of the rule.')
  name: string

  @description('Required. Where the packets come from: addresses, ranges or *.')
  @minLength(1)
  sourceAddresses: string[]

  @description('Required. Transport protocols.')
  @minLength(1)
  ipProtocols: ('TCP' | 'UDP' | 'ICMP' | 'Any')[]

  @description('Conditional. Addresses, ranges or service tags. Required unless destinationFqdns is given, and not beside it.')
  destinationAddresses: string[]?

  @description('Conditional. Names, without wildcards; the nodes must use the firewall as their DNS server. Not beside destinationAddresses.')
  destinationFqdns: string[]?

  @description('Required. Ports or ranges of ports.')
  @minLength(1)
  destinationPorts: string[]
}

@export()
@description('A protocol that an application rule understands, and its port.')
type applicationProtocol = {
  @description('Required. Http matches the Host header, Https the server name of the TLS handshake.')
  protocolType: 'Http' | 'Https'

  @description('Required. TCP port.')
  @minValue(1)
  @maxValue(64000)
  port: int
}

@description('A rule on HTTP requests and TLS handshakes, by name.')
type applicationRule = {
  @description('Required. Application rules match names.')
  ruleType: 'ApplicationRule'

  @description('Required. Name of the rule.')
  name: string

  @description('Required. Where the requests come from: addresses, ranges or *.')
  @minLength(1)
  sourceAddresses: string[]

  @description('Required. Protocols, also where a tag is given.')
  @minLength(1)
  protocols: applicationProtocol[]

  @description('Conditional. Names; a * may stand at the far left. Required unless fqdnTags is given, and not beside it.')
  @minLength(1)
  targetFqdns: string[]?

  @description('Conditional. Names that Microsoft keeps under a tag. Not beside targetFqdns.')
  @minLength(1)
  fqdnTags: string[]?
}

@export()
@description('A rule.')
@discriminator('ruleType')
type rule = networkRule | applicationRule

@export()
@description('A rule collection: rules of one kind that share a priority and an action.')
type ruleCollection = {
  @description('Required. Name of the collection.')
  @maxLength(80)
  name: string

  @description('Required. Lower comes first; unique in its group.')
  @minValue(100)
  @maxValue(65000)
  priority: int

  @description('Required. What happens to what a rule matches.')
  action: 'Allow' | 'Deny'

  @description('Required. The rules, all of one kind. Azure refuses a group that has an empty collection.')
  @minLength(1)
  rules: rule[]
}

@export()
@description('A rule collection group: what Azure stores, and updates, as one resource.')
type ruleCollectionGroup = {
  @description('Required. Name of the group.')
  name: string

  @description('Required. Lower comes first.')
  @minValue(100)
  @maxValue(65000)
  priority: int

  @description('Required. The collections of the group.')
  ruleCollections: ruleCollection[]
}

@export()
@description('A tier. Basic is left out: without a DNS proxy it has no names in network rules.')
type firewallTier = 'Standard' | 'Premium'

@description('Required. Name of the policy.')
param name string

@description('Required. Region of the policy.')
param location string

@description('Required. The rule collection groups. One that is taken out here stays in Azure until it is deleted there.')
param ruleCollectionGroups ruleCollectionGroup[]

@description('Optional. Tags of the policy.')
param tags { *: string } = {}

@description('Optional. Tier of the policy: that of its firewall.')
param tier firewallTier = 'Standard'

@description('The policy. Its DNS proxy makes the firewall and the nodes agree on what a name resolves to.')
resource policy 'Microsoft.Network/firewallPolicies@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      tier: tier
    }
    threatIntelMode: 'Alert'
    dnsSettings: {
      enableProxy: true
    }
  }
}

@description('The groups, one after the other: Azure refuses to update two groups of one policy at a time.')
@batchSize(1)
resource groups 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2026-03-01' = [
  for group in ruleCollectionGroups: {
    parent: policy
    name: group.name
    properties: {
      priority: group.priority
      ruleCollections: map(group.ruleCollections, collection => {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: collection.name
        priority: collection.priority
        action: {
          type: collection.action
        }
        rules: collection.rules
      })
    }
  }
]

@description('Resource id of the policy.')
output resourceId string = policy.id

@description('Name of the policy.')
output name string = policy.name
