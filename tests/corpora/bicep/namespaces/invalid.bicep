param min string = 'a'
var sys = 1
output lost int = min(1, 2)
output whole string = az
output nothing string = az.nothing
output type_ az.string = 'a'
