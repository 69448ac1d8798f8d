param name string
var text = loadTextContent('../shared/note.txt')
var encoded = loadTextContent('../shared/note.txt', 'us-ascii')
var binary = loadFileAsBase64('../shared/note.txt')
var data = loadJsonContent('../shared/data.json')
var part = loadJsonContent('../shared/data.json', '.list[2].deep')
var yaml = loadYamlContent('../shared/data.yaml')
var files = loadDirectoryFileInfo('folder', '*.txt')

output all array = [text, encoded, binary, data.name, part, yaml.list[1], files, '${loadTextContent('../shared/note.txt')}${name}']
