@export()
var one = 'a'
@export()
var two = 'b'
@export()
type three = 'c' | 'd'
