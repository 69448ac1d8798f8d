using none

import { twice, note } from '../templates/shared/loaded.bicep'

var known = 'known'
var late = int(externalInput('sys.cli', 'late'))
param first = externalInput('custom.tool', {
  path: 'there'
})
param second = '${known} ${twice('a')} ${first} ${late}'
param third = [
  note
  externalInput('sys.cli', 'late')
]
param fourth = map(externalInput('ids'), id => { id: id })
