using '../bicep/topologies/udr.bicep'

param clusterName = 'aks-udr'
param nodeCount = 3

param virtualNetworkPrefix = '10.42.0.0/16'
param nodeSubnetPrefix = '10.42.1.0/24'
param firewallSubnetPrefix = '10.42.2.0/24'

// What the pods may reach beyond what AKS itself needs: a name is a line here, and changes one resource.
param allowList = [
  {
    name: 'dockerhub-registry'
    priority: 200
    protocols: ['https']
    fqdns: [
      'hub.docker.com'
      'registry-1.docker.io'
      'production.cloudflare.docker.com'
      'auth.docker.io'
      'cdn.auth0.com'
      'login.docker.com'
    ]
  }
  {
    name: 'ifconfig'
    priority: 300
    protocols: ['http']
    fqdns: [
      'ifconfig.me'
    ]
  }
  {
    name: 'address-echo' // a second witness of the address that pods leave from, over https
    priority: 400
    protocols: ['https']
    fqdns: [
      'api.ipify.org'
    ]
  }
]
