import { kind, endpoint as target } from 'shared/exports.bicep'
import * as shared from 'shared/exports.bicep'

@export()
@description('Letters.')
type letters = 'b' | 'a' | null

@sealed()
type sealedType = {
  @description('Bounds behind, description last.')
  @minLength(2)
  @maxLength(9)
  name: string
  size: int?
  @secure()
  secret: string
  list: letters[]
  pair: [string, int]
  one: 'lit'
  some: ('x' | 'y')[]
  part: shared.endpoint.host
}

type open = {
  *: string
}

type circle = {
  shape: 'circle'
  radius: int
}

type square = {
  shape: 'square'
  side: int
}

@discriminator('shape')
type figure = circle | square

@description('A figure.')
param figureToDraw figure

@allowed(['x', 'y'])
@minLength(1)
@metadata({ more: 1 })
@description('Merged into the metadata above.')
param choice string = 'x'

@minValue(1)
@maxValue(4)
param count int = 3

@secure()
param secret string

@secure()
param secretObject object = {}

param sealedValue sealedType?
param anything open = {}
param imported kind
param renamed target[] = []
param viaNamespace shared.endpoint?

func shout(text string, times int?) string => '${toUpper(text)}${times ?? 1}'

var typed string = shout('a', null)

@secure()
output given string = secret
output figureToDraw figure = figureToDraw
output texts string[] = [typed, shared.describe(imported), choice, string(count)]
output targets object = { renamed: renamed, via: viaNamespace, any: anything, base: shared.base }
