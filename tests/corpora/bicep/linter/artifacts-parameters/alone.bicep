param _artifactsLocation string

output o string = _artifactsLocation
