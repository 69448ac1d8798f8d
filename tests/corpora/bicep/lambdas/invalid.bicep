param items array

var alone = x => x
var stored = { a: x => x }
var noBody = map(items, x =>)
var noLambda = map(items, 1)
var arity = map(items, (a, b, c) => a)
var none = map(items, () => 1)
var result = filter(items, x => 'a')
var order = sort(items, x => true)
var unknown = map(items, x => y)
var shadow = map(items, items => items)
var twice = map(items, (a, a) => a)
var leaked = x
output all array = [alone, stored, noBody, noLambda, arity, none, result, order, unknown, shadow, twice, leaked]
