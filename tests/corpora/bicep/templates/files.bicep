// load functions: which calls become variables, and what they give
var whole = loadTextContent('shared/note.txt')
var inside = 'note: ${loadTextContent('shared/note.txt')}'
var data = loadJsonContent('shared/data.json')
var name = loadJsonContent('shared/data.json', '.name')
var dear = loadJsonContent('shared/data.json', '.items[?(@.price > 3)].id')
var first = sys.loadJsonContent('shared/data.json', '$.items[0]')
var yaml = loadYamlContent('shared/data.yaml')
var binary = loadFileAsBase64('shared/note.txt')
var folder = loadDirectoryFileInfo('shared', '*.txt')

func inFunction(prefix string) string => '${prefix}${loadTextContent('shared/note.txt')}'

output all array = [whole, inside, data.name, name, dear, first, yaml.list, binary, folder, inFunction('p'), length(loadFileAsBase64('shared/note.txt'))]
