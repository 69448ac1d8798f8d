@description('Required. One of two.')
@allowed(['a', 'b'])
@metadata({ more: 'said' })
param choice string

@minValue(1)
@maxValue(10)
param number int = 5

@sys.minLength(2)
@sys.maxLength(4)
param text string = 'abc'

@minLength(1)
@maxLength(2)
param list array = ['x']

@secure()
param secret string

@secure()
param secrets object

@sealed()
type closed = { a: string }

@description('A rule.')
param shape closed = { a: 'x' }

@batchSize(2)
resource tables 'Microsoft.Network/routeTables@2024-07-01' = [for index in range(0, number): {
  name: '${text}${index}${shape.a}'
  location: choice
  tags: { list: string(length(list)), secret: string(empty(secret) || empty(secrets)) }
}]
