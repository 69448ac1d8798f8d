param _artifactsLocation string = deployment().properties.templateLink.uri
@secure()
param _artifactsLocationSasToken string = ''

output o string = uri(_artifactsLocation, 'a')
output p bool = empty(_artifactsLocationSasToken)
