param a string
param b int
param c string = '${a}'
param d object
var v = '${a}'
var w = '${b}'
var x = { p: '${a}', q: '${a}-', r: ['${a}'], s: '${d.x}', t: '${toLower(a)}' }
output o string = '${v}'
output p array = [c, w, x]
