using none
var written = 'test'
param one = externalInput('sys.envVar', written)
param two = externalInput(written, { name: written })
param three = externalInput('custom', externalInput('custom', 'foo'))
param four = bool('maybe')
param five = int('x')
param six = int(readEnvironmentVariable('NO_SUCH_VARIABLE_HERE'))
param seven = base64ToString('@')
