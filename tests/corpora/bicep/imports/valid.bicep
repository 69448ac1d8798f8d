import { size, machine as host, prefix, twice as doubled, named } from '../shared/exports.bicep'
import * as all from '../shared/exports.bicep'

param large size = 'large'
param hosts host[]
param whole all.machine

output texts array = [prefix, doubled('a'), named('b'), all.prefix, all.twice('c'), large]
output names array = map(hosts, h => all.named(h.name))
output first string = whole.name
