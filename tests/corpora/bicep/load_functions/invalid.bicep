param path string
var nowhere = loadTextContent('nowhere.txt')
var computed = loadTextContent(path)
var folder = loadTextContent('folder')
var encoding = loadTextContent('../shared/note.txt', 'nothing')
var notJson = loadJsonContent('../shared/note.txt')
var badPath = loadJsonContent('../shared/data.json', '$[')
var missing = loadJsonContent('../shared/data.json', '.nothing')
var rooted = loadTextContent('/etc/hostname')
var back = loadTextContent('..\\shared\\note.txt')
var file = loadDirectoryFileInfo('../shared/note.txt')
output all array = [nowhere, computed, folder, encoding, notJson, badPath, missing, rooted, back, file]
