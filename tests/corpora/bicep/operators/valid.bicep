param a int
param b int
param s string
param p bool
param n string?

output arithmetic array = [a + b, a - b, a * b, a / b, a % b, -a, -(a + b)]
output compared array = [a < b, a <= b, a > b, a >= b, a == b, a != b, s =~ 'X', s !~ 'X', s < 'm', s >= 'm']
output logic array = [p && a == b, p || !p, !(p && p)]
output chosen string = p ? s : n ?? 'none'
output precedence array = [1 + 2 * 3, (1 + 2) * 3, a + b == 2 && p || !p, p ? a : b > 1 ? 2 : 3]
output sure string = n!
output nothing string? = p ? null : s
output folded array = [-1, --1, !true, 9223372036854775807, 2147483648]
