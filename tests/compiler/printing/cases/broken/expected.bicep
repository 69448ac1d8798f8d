param good string
param   bad   string   =
var noValue
var fine = 1
resource   r   'x'   =   {
   name:   'x'
   bad   value


   tags  : { }
}
var   unclosed   =   concat(  'a',
   'b'
   'c')
nonsense   here
@description('above nothing')

nonsense   again
var junk = 1
2   3
var next = 2
var string = 'open
var a   =   b.   + 1
output   o   =   1
module   './m.bicep'   =   {
  name  :  'm'
}
type   t   =   {
  a   string
  b  :  int
}
@secure
param last string
@minLength(1)
