type cat = { kind: 'cat', lives: int }
type dog = { kind: 'dog', name: string }
type same = { kind: 'cat', other: int }

@discriminator('kind')
type doubled = cat | same
@discriminator('type')
type missing = cat | dog
@discriminator('kind')
type alone = cat
@discriminator('kind')
type text = 'a' | 'b'
type bare = cat | dog
@discriminator()
type nameless = cat | dog
@discriminator('kind')
type animal = cat | dog
param wrong animal = { kind: 'bird' }
param lacks animal = { kind: 'cat' }
param member animal = { kind: 'dog', name: 1 }
output o array = [wrong, lacks, member]
