param flag bool
param number int
param text string
@minLength(3)
@maxLength(5)
param short string
@minLength(3)
@maxLength(5)
param list array
@minValue(3)
@maxValue(5)
param small int
// what can be evaluated is one value
var modulo = 1 % 0
var quotient = 1 / 0
var overflow = 2199023255552 * 2199023255552
var badFormat = format('{5}', 'b')
var badUri = uri('github.com', 'c')
var badData = dataUriToString('zz')
output sum object = 1 + 2
output less object = 1 < 2
output equal object = 'a' == 'A'
output insensitive object = 'a' =~ 'A'
output never object = flag && false
output maybe object = true && flag
output negated object = -(5)
output chosen object = true ? 1 : 'x'
output coalesced object = null ?? 1
output encoded object = base64('abc')
output upper object = toUpper('abc')
output taken object = take([1, 2], 1)
output united object = union([1], [2])
output name object = nameof(text)
output printed object = '${true}-${1}'
var missing = {}[base64('a')]
// items that are not there
var pair = [1, 2]
var third = pair[2]
var fromEnd = pair[^3]
var negative = pair[-1]
var safe = pair[?5]
var nested = [[1], [2]][0][3]
var anyItem = pair[number]
// bounds
type bounded = {
  @minLength(1000)
  text: string
}
output index bounded[] = [for (v, i) in list: { text: '${i}' }]
output lower bounded = { text: toLower(short) }
output padded bounded = { text: padLeft(text, 3) }
output unique bounded = { text: uniqueString(text) }
output cut bounded = { text: substring(short, 1) }
output joined bounded = { text: '${short}-${number}-${flag}' }
@minValue(100)
output length int = length(list)
@minValue(100)
output added int = small + 1
@minValue(100)
output greatest int = max(number, 3)
@minValue(100)
output rest int = number % 2
@minLength(100)
output numbers array = range(0, 3)
@minLength(100)
output either string = flag ? short : text
