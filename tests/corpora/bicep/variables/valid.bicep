var text = 'a'
var typed string[] = ['a', text]
var loop = [for number in range(0, 3): number * 2]
var objects = [for (item, index) in typed: { item: item, index: index }]
var nested = { inner: { list: loop, text: '${text}!' } }
@description('Said, and not kept.')
var described = nested.inner.text
var empty = {}
var none = []

output all array = [text, typed, loop, objects, nested, described, empty, none]
