param name string
param id string
param ids { first: string }
var made = '/subscriptions/x/${name}'
var again = made
resource vnet 'Microsoft.Network/virtualNetworks@2024-07-01' existing = { name: 'v' }
resource nic 'Microsoft.Network/networkInterfaces@2024-07-01' = {
  name: 'n'
  location: 'x'
  properties: {
    a: { id: '/subscriptions/x/${name}' }
    b: { id: 'plain' }
    c: { id: '/a/b' }
    d: { id: id }
    e: { subnetId: again }
    f: { id: '${vnet.id}/subnets/a' }
    g: { id: resourceId('Microsoft.Network/virtualNetworks', name) }
    h: { id: concat('/subscriptions/', name) }
    i: { id: ids.first }
    j: { objectId: '/not/${name}' }
    k: { guid: 'a/${name}', uuid: 'a/${name}', UUID: 'b/${name}' }
    l: { id: name == 'a' ? made : id }
    m: { tags: { id: made } }
    n: { id: (made) }
  }
}
resource board 'Microsoft.Portal/dashboards@2022-12-01-preview' = {
  name: 'b'
  location: 'x'
  properties: { lenses: [], metadata: { id: made } }
}
output o string = nic.id
