@description()
param a string
@description('a')
@description('b')
param b string
@allowed('a')
param c string
@minValue(1)
param d string
@minLength(-1)
param e string
@secure()
param f int
@batchSize(1)
param g string
@nothing()
param h string
@descripton('x')
param i string
@description
param j string
@allowed([])
param k string
@maxLength('1')
param l string
@sealed()
param m object
@discriminator('kind')
param n object
@export()
param o string
@minValue(5)
@maxValue(4)
param p int
@description('nobody')
