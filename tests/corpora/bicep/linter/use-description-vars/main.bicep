var a = 'a'
@description('good')
var b = 'b'
@description(' ')
var c = 'c'
output o array = [a, b, c]
