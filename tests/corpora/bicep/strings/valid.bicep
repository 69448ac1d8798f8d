param name string
param count int

var plain = 'it\'s a \\ and \${ and \u{1F642} and \t\r\n'
var interpolated = 'a ${name} b ${count} {0} { }'
var nested = '${'${name}-${'x'}'}'
var lines = '''
first ${name} stays
second 'quoted' '' here
'''
var oneLine = '''abc'''
var quotes = ''''four''''
var open = $'''
a ${name} b
'''
var dollars = $$'''a ${stays} $${name} {0}'''
var bracket = '[not an expression]'
var brackets = ['[', ']', '[a', 'a]', '[[a]']

output all array = [plain, interpolated, nested, lines, oneLine, quotes, open, dollars, bracket, brackets]
output key object = { '${name}-x': 1, 'a b': 2, c: 3 }
