type choice = 'aa' | 'bb'
type thing = { name: string, kind: choice, size: int? }
@sealed()
type strict = { name: string }
@discriminator('kind')
type figure = { kind: 'circle', radius: int } | { kind: 'square', side: int }
param openThing thing
param strictThing strict
param maybe thing?
output unknownMember string = openThing.nmae
output strictMember string = strictThing.zzz
output ofNull string = maybe.name
param choiceOne choice = 'ab'
param choiceTwo choice = 'zzzzz'
param deep thing = { name: 'x', kind: 'ab', other: 1 }
param empty thing = {}
param several thing = { kidn: 'aa', name: 5, kind: 'aa' }
param list string[] = ['a', 1]
param notList string[] = 'x'
param flag bool = 'true'
param many int = '5'
output sum int = 'a' + 'b'
output mixed int = 1 + '2'
output logic bool = 'a' && true
output condition string = 5 ? 'a' : 'b'
output negated bool = !'a'
output compared bool = 1 < 'a'
output loop string = [for x in [1]: x]
@minLength(3)
param short string = 'x'
@maxLength(3)
param long string = 'abcd'
@maxValue(3)
param high int = 5
@minValue(3)
param low int = 1
@minLength(2)
param few string[] = ['a']
@secure()
param number int
@minLength(3)
param count int
@foo()
param decorated string
@minValue('x')
param bound int
@allowed(['a'])
param oneOf string = 'b'
@allowed(['a', 'c'])
param allowedList array = ['b']
param pair [string, int] = ['b', 'c']
param additional { *: string } = { a: 1 }
param round figure = { kind: 'circle', side: 1 }
param oval figure = { kind: 'oval' }
param kindless figure = { radius: 1 }
output wrongArgument string = toLower(5)
