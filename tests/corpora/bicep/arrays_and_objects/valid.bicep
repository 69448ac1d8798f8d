param more object
param items array
param name string

var onLines = {
  a: 1
  'b c': [
    1
    2
  ]
  '${name}': true

  // a comment
  d: {}
}
var inOneLine = { a: 1, b: [1, 2], }
var spread = { ...more, a: 1, ...{ b: 2 } }
var list = [...items, 1, ...[2, 3], {...more}]

output all array = [onLines, inOneLine, spread, list, list[0], onLines.a, onLines['b c'][1], list[^1], items[?0], more.?a.b, more[?'a'], items[?^2]]
output chained string? = more.?a.?b[?'c'].d
output copied object = { copy: 1, name: more.copy, 'with-dash': more['with-dash'] }
