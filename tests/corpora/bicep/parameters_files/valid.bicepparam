using 'target.bicep'
import { twice, prefix as start } from '../shared/exports.bicep'
var base = '${start}-${twice('x')}'
param name = '${base}-${readEnvironmentVariable('CORPUS_UNSET', 'none')}'
param size = 'large'
param list = [for item in ['a', 'b']: '${item}!']
param secret = getSecret('00000000-0000-0000-0000-000000000001', 'g', 'v', 's')
param nested = { ...{ a: 2 }, b: loadTextContent('../shared/note.txt') }
