@export()
var note = 'says ${loadTextContent('note.txt')}'
@export()
var behind = '${hidden}!'
var hidden = loadJsonContent('data.json').name
@export()
type Zone = 'a' | 'b'
@export()
func twice(text string) string => '${text}${text}'
