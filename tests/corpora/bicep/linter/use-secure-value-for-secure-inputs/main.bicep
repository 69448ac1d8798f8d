@secure()
param secret string
param plain string
param flag bool
var known = 'x'

resource base 'Microsoft.Compute/virtualMachines@2025-04-01' existing = { name: 'base' }
resource a 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'a', location: 'x', properties: { osProfile: { adminPassword: 'literal' } } }
resource b 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'b', location: 'x', properties: { osProfile: { adminPassword: secret } } }
resource c 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'c', location: 'x', properties: { osProfile: { adminPassword: plain } } }
resource d 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'd', location: 'x', properties: { osProfile: { adminPassword: known } } }
resource e 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'e', location: 'x', properties: { osProfile: { adminPassword: '' } } }
resource f 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'f', location: 'x', properties: { osProfile: { adminPassword: null } } }
resource g 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'g', location: 'x', properties: { osProfile: { adminPassword: flag ? secret : plain } } }
resource h 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'h', location: 'x', properties: { osProfile: { adminPassword: flag ? plain : known } } }
resource i 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'i', location: 'x', properties: { osProfile: { adminPassword: toLower(secret) } } }
resource j 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'j', location: 'x', properties: { osProfile: { adminPassword: base64(secret) } } }
resource k 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'k', location: 'x', properties: { osProfile: { adminPassword: base.properties.vmId } } }
resource l 'Microsoft.Compute/virtualMachines@2025-04-01' = { name: 'l', location: 'x', properties: flag ? { osProfile: { adminPassword: plain } } : {} }
resource m 'Microsoft.Compute/virtualMachines@2025-04-01' = [for n in range(0, 2): { name: 'm${n}', location: 'x', properties: { osProfile: { adminPassword: plain } } }]
