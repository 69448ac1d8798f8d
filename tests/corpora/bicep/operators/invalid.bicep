param a int
param s string
param p bool

output addText string = s + s
output notNumber bool = !a
output minusText int = -s
output compare bool = a == s
output less bool = p < p
output and bool = a && p
output chosen string = a ? s : s
output missing int = a +
output wrong int = a ** 2
output half bool = a === a
output tooLarge int = 9223372036854775808
output branches string = p ? s
