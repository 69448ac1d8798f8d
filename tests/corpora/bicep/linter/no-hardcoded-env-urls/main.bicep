metadata note = 'https://management.azure.com'

@description('Not https://management.azure.com here')
param a string = 'https://management.azure.com'
param b 'management.azure.com' | 'x' = 'x'
param c string = 'xmanagement.azure.comx and management.azure.com-and'
var schema = 'https://schema.management.azure.com/schemas'
var two = 'core.windows.net blob.core.windows.net'
var parts = 'https://${a}.blob.core.windows.net/${b}.vault.azure.net'
var long = 'a text of some length ${a} core.windows.net'
var case = 'VAULT.AZURE.NET'
var lines = '''
  one
  login.microsoftonline.com
'''

output o array = [a, b, c, schema, two, parts, long, case, lines]
