param a string
@description('good')
param b string
@description('')
param c string
output o array = [a, b, c]
