import { one, two as second, three } from 'exports.bicep'
import * as everything from 'exports.bicep'
import * as unused from 'exports.bicep'

output o string = second
output p string = everything.one
param q three
output r string = q
