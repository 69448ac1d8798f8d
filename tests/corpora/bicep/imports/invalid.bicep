import { hidden } from '../shared/exports.bicep'
import { nothing } from '../shared/exports.bicep'
import { twice, twice } from '../shared/exports.bicep'
import * from '../shared/exports.bicep'
import * as all '../shared/exports.bicep'
import { } from '../shared/exports.bicep'
import { prefix } from '../shared/nowhere.bicep'
import { prefix } from 'C:\\exports.bicep'
import { seen } from '../shared/exports.bicep'
import prefix from '../shared/exports.bicep'
import * as more from '../shared/exports.bicep'
@description('x')
import { size } from '../shared/exports.bicep'
@export()
output o string = more.nothing
@export()
var runtime = resourceGroup().location
@export()
var computed = utcNow()
