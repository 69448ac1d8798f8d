param more { a: string, b: int? }
param list int[]
param pair [string, int]

var same = { a: 1, a: 2 }
var noValue = { a: }
var noColon = { a 1 }
var open = [1, 2
var index = list['a']
var key = more[0]
var unknown = more.c
var near = more.aa
var outside = pair[2]
var negative = list[-1]
var spreadText = { ...'a' }
var spreadNumber = [...1]
var member = list.length
var separators = [1,, 2]
output all array = [same, noValue, noColon, open, index, key, unknown, near, outside, negative, spreadText, spreadNumber, member, separators]
