@export()
@description('A size.')
type size = 'small' | 'large'

@export()
type machine = { name: string, size: size?, more: machine[]? }

@export()
var prefix = 'pre'

@export()
@description('Doubles a text.')
func twice(text string) string => '${text}${text}'

@export()
func named(text string) string => '${prefix}-${twice(text)}'

var hidden = 1
output seen int = hidden
