type text = string
type choice = 'a' | 'b' | 'c'
type numbers = 1 | 2 | -3
type flags = true | false
type mixed = ('a' | 1 | true)[]
type thing = {
  @description('What it is called.')
  @minLength(1)
  name: string
  size: int?
  choice: choice
  'with-dash': bool?
  inner: { list: string[], *: text }
}
type open = { *: string }
type pair = [string, int?]
type deep = thing.inner.list[*]
type first = pair[0]
type rest = open.*
type recursive = { value: string, next: recursive? }
type nested = (string[])[]
type nullable = thing?
type sure = nullable!
type leading =
  | 'x'
  | 'y'
@secure()
type secret = string
@minValue(1)
@maxValue(3)
type bounded = int
type sys_ = sys.string

param a thing
param b choice = 'a'
param c pair = ['x', null]
param d recursive
param e { kind: deep, number: numbers, flag: flags, mixed: mixed }
param f secret
param g bounded = 2
param h first | 'z'
param i [nullable, sure, rest, nested, leading, text, sys_]?
output o thing = a
output p array = [b, c, d, e, empty(f), g, h, i]
