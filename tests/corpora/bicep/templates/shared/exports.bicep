@export()
type kind = 'http' | 'https'

@description('Not exported, and needed all the same.')
type port = int

@export()
type endpoint = {
  host: string
  ports: port[]
}

@export()
@description('The base.')
var base = { prefix: hidden }

var hidden = 'x'

@export()
@description('Says what it is.')
func describe(given kind) string => '${given}${suffix(given)}${hidden}'

func suffix(given string) string => toLower(given)
