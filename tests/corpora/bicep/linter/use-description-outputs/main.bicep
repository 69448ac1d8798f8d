output a string = 'a'
@description('good')
output b string = 'b'
@description('  ')
output c string = 'c'
@sys.description('good')
output d string = 'd'
@metadata({ description: 'not this way' })
output e string = 'e'
