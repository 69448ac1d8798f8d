import { twice } from '../shared/exports.bicep'

type pair = { left: string, right: string? }

@description('Greets.')
func greet(name string, mark string?) string => 'Hello ${name}${mark ?? '!'}'
func add(a int, b int) int => a + b
func make(left string) pair => { left: greet(left, null), right: twice(left) }
func names(pairs pair[]) string[] => map(pairs, p => p.left)

output said string = greet('you', '?')
output sum int = add(add(1, 2), 3)
output made pair = make('x')
output all string[] = names([make('a'), make('b')])
