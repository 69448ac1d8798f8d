var a = 1
var b = c
var c = 2
@export()
var d = 3
var e = [for i in range(0, 2): i]
#disable-next-line no-unused-vars
var f = 1
#disable-diagnostics no-unused-vars
var g = 1
#restore-diagnostics no-unused-vars
var h = 1
output o array = [for x in [1, 2]: x]
