type mixed = 'a' | 1
type wide = string | int
type nothing = null
type self = self
type tree = { children: tree[]?, value: int }
type a = { kind: 'a', one: string }
type b = { kind: 'b', two: string }
type c = { two: string }
@discriminator('kind')
type ab = a | b
@discriminator('kind')
type ac = a | c
@discriminator('kind')
type same = a | { kind: 'a' }
@discriminator('kind')
type single = a
@discriminator('kind')
param texts 'a' | 'b'
type objects = a | b
type part = a.three
type letter = ab.kind
type item = string[][0]
type items = [string][*]
type more = a.*
@minLength(1)
@minLength(2)
param twice string
@maxLength(-1)
param negative string
@maxLength(1 + 1)
param sum string
@secure
param open string
@toLower('a')
param function string
metadata text = 'a${twice}'
var object = {
  a: 1
  b: 2
  a: 3
}
var index = object[0]
var texts2 = ['a'].length
var number = ['a']['b']
output one string = twice
output one string = sum
