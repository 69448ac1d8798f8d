param name string
param child string
resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: name, location: 'x' }
resource a 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: '${name}/a' }
resource b 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: '${vnet.name}/b' }
resource c 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: '${child}/c' }
resource d 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { parent: vnet, name: 'd' }
resource e 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: '${name}/${child}' }
resource texts 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'one-${name}', location: 'x' }
resource f 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: 'one-${name}/f' }
resource g 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: 'one-${name}-more/g' }
resource plain 'Microsoft.Network/virtualNetworks@2024-07-01' = { name: 'plain', location: 'x' }
resource h 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = { name: 'plain/h' }
resource i 'Microsoft.Network/routeTables@2024-07-01' = { name: 'plain-i', location: 'x' }
