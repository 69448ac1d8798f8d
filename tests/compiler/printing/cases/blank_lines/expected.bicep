param a string

param b string

param c string

@description('x')
@minLength(1)
param d string
var list = [
  1

  2
]
var object = {
  a: 1

  b: 2
}
var e = []
