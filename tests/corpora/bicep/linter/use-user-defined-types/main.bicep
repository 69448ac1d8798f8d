param a object
param b array
param c string[]
param d { e: object, f: array[] }
func g(h object) array => [h]
output i object = { a: a, b: b, c: c, d: d, g: g({}) }
