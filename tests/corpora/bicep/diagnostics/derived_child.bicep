param properties resourceInput<'Microsoft.Network/virtualNetworks@2026-03-01'>.properties
param tier resourceInput<'Microsoft.Network/azureFirewalls@2026-03-01'>.properties.sku.tier
output all object = { properties: properties, tier: tier }
