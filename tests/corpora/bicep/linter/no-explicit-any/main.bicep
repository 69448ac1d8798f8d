param a any
param b sys.any
type t = {
  p: any
  q: any[]
  r: string
}
func f(x any) any => x
param c t
output o object = { a: any(a), b: b, c: c, d: f(1) }
