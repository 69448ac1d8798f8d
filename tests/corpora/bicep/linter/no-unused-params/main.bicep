param a string
param b string = c
param c string = 'x'
param d string = d
param e int
var v = [for i in range(0, e): i]
output o array = v
