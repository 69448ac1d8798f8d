using 'target.bicep'
import { twice, prefix as start } from '../shared/exports.bicep'
var stem = '${start}-${twice('x')}'
param name = '${stem}-${readEnvironmentVariable('CORPUS_UNSET', 'none')}'
param kind = 'large'
param list = [for item in ['a', 'b']: '${item}!']
param secret = getSecret('00000000-0000-0000-0000-000000000001', 'g', 'v', 's')
param nested = { ...{ a: 2 }, b: loadTextContent('../shared/note.txt') }
