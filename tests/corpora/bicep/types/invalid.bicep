type
type noValue =
type itself = itself
type first = second
type second = first
type unknown = nothing
type twice = string
type twice = int
type mixed = 'a' | string
type nullOnly = null
type badUnion = {} | 'a'
type member = { a: string }.b
type named = { a: string }
type missing = named.b
type item = named[0]
type items = named[*]
type rest = named.*
type open = { a: string, a: int }
type tuple = [string
type string = int
@minLength(1)
type number = int
param p mixed = 'b'
param q named = { a: 1 }
param r 'a' | 'b' = 'c'
output o twice = 'a'
