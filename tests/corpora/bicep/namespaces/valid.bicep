param concat string = sys.concat('a', 'b')
var toUpper = sys.toUpper(concat)
type mine = sys.string
output o mine = '${toUpper}${az.resourceGroup().location}'
