#disable-next-line
var a = 1
#disable-next-line no-unused-vars BCP057
var b = nothing
#disable-next-lines no-unused-vars
var c = 1
#nothing
var d = 1
#disable-diagnostics
var e = 1
 #disable-next-line no-unused-vars
var f = 1 #disable-next-line no-unused-vars
