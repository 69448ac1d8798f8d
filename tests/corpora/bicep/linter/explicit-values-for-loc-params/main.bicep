param location string = resourceGroup().location

module default 'sites.bicep' = {
  name: 'default'
  params: {
    size: 1
  }
}

module given 'sites.bicep' = {
  name: 'given'
  params: {
    size: 1
    place: location
    region: location
    zone: location
  }
}

module bare 'bare.bicep' = {
  name: 'bare'
}
