import { c, d } from 'derived_child.bicep'
import { e } from 'nowhere.bicep'
output one string = c
output two string = d()
output three string = e
output four string = e()
param five c
param six e
