var text = 'abc
var number =
var object = {
  a: 1
  b:
  c d
}
foo bar
param list array = [ 1 2 ]
var ternary = true ? 1
param
output noType
resource bad 'Microsoft.Network/virtualNetworks@2026-03-01' {
}
var good = 1
output rest int = good
var access = any(good).
var call = concat('a' 'b')
var escape = 'a\qb'
var quotes = "double"
