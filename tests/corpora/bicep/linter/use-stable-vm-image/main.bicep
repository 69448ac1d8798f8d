param sku string = 'preview'
var image = { offer: 'a-preview', version: 'latest' }
resource a 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'a'
  location: 'x'
  properties: { storageProfile: { imageReference: { publisher: 'preview', offer: 'Preview', sku: 'x-PREVIEW', version: '1' } } }
}
resource b 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'b'
  location: 'x'
  properties: { storageProfile: { imageReference: image } }
}
resource c 'Microsoft.Compute/virtualMachines@2025-04-01' = {
  name: 'c'
  location: 'x'
  properties: { storageProfile: { imageReference: { offer: 'stable', sku: sku } } }
}
