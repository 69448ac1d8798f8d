var none=concat( )
var lines = concat(
)
var two = union( {a:1},{b:2} )
var tail = union({a:1},{
b:2})
var tails = union({
a: 1
}, {
b: 2 })
var arrays = union(['a'],[
'b'
'c'
])
var long = resourceId('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','ccccccccccccccccccccccccccc','dddd')
var longTail = union(resourceId('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb'), any('cccccccccccccccccccccccc'), {
a: 1})
var one = toObject({
a: 1
})
var oneLong = string('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
var split = union(
{},

{}
)
var instance = az . resourceId( 'a' , 'b' )
var chain = a . b [ 0 ] . ? c [ ? 'd' ] [ ^ 1 ] ! . e :: f
var comment = union({}, {
  a: 1 
} // line
)
