param _artifactsLocation object = {}
param _artifactsLocationSasToken string = 'secret'

module alone 'alone.bicep' = {
  name: 'alone'
  params: {
    _artifactsLocation: string(_artifactsLocation)
  }
}

module good 'good.bicep' = {
  name: 'good'
  params: {
    _artifactsLocation: 'https://example.com'
    _artifactsLocationSasToken: _artifactsLocationSasToken
  }
}

module none 'good.bicep' = {
  name: 'none'
}
