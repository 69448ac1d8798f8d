param p string
var v = 'x'
output a string = 'a'
output b int = -1
output c object = { x: [1, true, null], y: ('z') }
output d string = v
output e string = 'a${p}'
output f array = [p]
output g array = []
