param text string
param textWithDefault string = 'a'
param number int = -1
param flag bool = true
param list array = [1, 'two', [true]]
param thing object = { a: 1, 'b-c': { d: null } }
param nullable string?
param typed { name: string, count: int? } = { name: 'x' }
param computed string = toUpper('${textWithDefault}-${resourceGroup().location}')
param made string = newGuid()
param now string = utcNow('yyyy')

output all array = [text, textWithDefault, number, flag, list, thing, nullable, typed, computed, made, now]
