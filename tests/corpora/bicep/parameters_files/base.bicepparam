using none
param name = 'base'
param list = ['base']
param nested = { a: 3 }
