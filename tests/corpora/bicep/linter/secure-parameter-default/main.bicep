@secure()
param a string = 'secret'
@secure()
param b string = ''
@secure()
param c string = newGuid()
@secure()
param d string = '${newGuid()}x'
@secure()
param e object = {}
@secure()
param f object = { a: 1 }
@secure()
param g string = a
param h string = 'x'
@secure()
param i string   =   h
output o int = length([a, b, c, d, e, f, g, h, i])
