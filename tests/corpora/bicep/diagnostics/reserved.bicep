var az = 1
param sys string
output az string = 'a'
var copy = 1
type resource = bool
metadata _hidden = 1
metadata same = 1
metadata same = 2
output called string = az.resourceGroup().location
