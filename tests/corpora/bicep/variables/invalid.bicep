var
var noValue
var noValue2 =
var a = b
var b = a
var c = c
var twice = 1
var twice = 2
var typed int = 'a'
var unused = 1
var loop = [for: 1]
var wrongLoop = [for x in 5: x]
var dangling = { a: 1
