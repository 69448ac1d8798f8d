type a = string
@description('good')
type b = string
@description('''
''')
type c = string
@discriminator('kind')
type d = { kind: 'x', p: string } | { kind: 'y' }
param p { a: a, b: b, c: c, d: d }
output o object = p
