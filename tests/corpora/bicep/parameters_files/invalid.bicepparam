using 'target.bicep'
using 'target.bicep'
extends 'nowhere.bicepparam'
param name = 1
param kind = 'huge'
param nothing = 'a'
param list = ['a', 1]
param list = []
param nested = { a: 'x', c: 1 }
var unused = 1
output o string = 'a'
param p string = 'a'
param secret = readEnvironmentVariable()
