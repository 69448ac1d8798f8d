type cat = { kind: 'cat', lives: int }
type dog = { kind: 'dog', name: string? }

@discriminator('kind')
type animal = cat | dog | { kind: 'fish', fins: int[] }

param one animal
param many animal[] = [{ kind: 'cat', lives: 9 }]
@discriminator('kind')
param inline cat | dog

output kind string = one.kind
output all array = [many, inline]
