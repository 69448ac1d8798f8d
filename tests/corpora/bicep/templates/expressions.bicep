metadata purpose = 'Every operator, access and literal.'

param text string = 'x'
param number int = 3
param flag bool?
param items array = []
param tags { *: string } = {}

var joined = 'b${text}${number}{braces}'
var values = {
  plain: text
  'with-dash': [1, 2, -3]
  yes: true
  nothing: null
  bracketed: '[x]'
  halfBracketed: '[x'
  nested: { deep: joined }
  '${text}-key': 1
  copy: 5
  large: 99999999999
}
var perItem = [for (item, i) in items: '${item}${i}']
var objects = [for item in items: { name: item }]
var numbers = [for item in items: 5]
var operators = {
  ternary: number > 3 ? 'a' : 'b'
  insensitive: text =~ 'X'
  different: text !~ 'X'
  unequal: text != 'y'
  logic: !(flag ?? true) && number <= 2 || number >= 7
  sums: (number + 1) * 2 - -number / 3 % 4
  multi: '''
line 'one'
line two'''
}
var accesses = {
  last: items[^1]
  safe: items[?0]
  safeLast: items[?^1]
  chain: values.?nested.deep
  twoChains: values.?nested.?deep
  dashed: tags['x-y']
  computed: tags[text]
  spread: [...items, 'x']
  merged: { ...values, x: 1 }
}

output lambdas array = map(items, item => { name: item, all: objects })
output reduced array = reduce(items, [], (all, item) => concat(all, [item]))
output joined string = joined
output values object = values
output operators object = operators
output accesses object = accesses
output loops array = [for (item, i) in perItem: '${item}-${numbers[i]}']
