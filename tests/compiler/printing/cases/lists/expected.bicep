var empty = []
var emptyObject = {}
var emptyLines = {}
var short = [1, 2, 3]
var trailing = [1, 2]
var stays = [
  1
  2
]
var joined = [1, 2, 3]
var objects = { a: 1, b: { c: 2 } }
var broken = {
  a: 1
}
var half = { a: 1, b: 2 }
var long = [
  'aaaaaaaaaaaaaaaaaaaaaaaaaaa'
  'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
  'ccccccccccccccccccccccccc'
  'ddddddddddddddddddddd'
]
var longObject = {
  first: 'aaaaaaaaaaaaaaaaaaaaaaaaaaa'
  second: 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'
  third: 'ccccccccccccccccccccc'
  fourth: 1
}
var nested = [
  [1, 2]
  [
    3
  ]
  { a: [{ b: 1 }] }
]
var spread = { ...short, a: 1 }
var spreadLines = { ...objects }
var spreadArray = [...short]
var keys = { 'a-b': 1, '${short[0]}': 2, 'plain': 3 }
