var a=1+2*-3
var b=!true&&  false||a==1
var c=(1+2)   *   (3)
var d=a>1?'x':'y'
var e = a>1
?'x'
:'y'
var f = a > 1 ? 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' : b ? 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' : 'ccccccccccccccc'
var g = a > 1 ? { a: 1 } : {
b: 2 }
var h = a == 1 // one
  ? 1 // two
  // three
  : 2 // four
var i = [ a == 1 ? 1 // x
 : 2 // y
]
var j = a??b??'c'
var k = a=~'x'!=(b!~'y')
var l = -a % 3 / 2 - -1
var m = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' == 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb' || 'ccccccccccccccc' == 'd'
