param
param noType
param wrongDefault int = 'a'
param unknownType strin
param text string
param text string
param standsOnVariable string = late
var late = 'a'
param standsOnItself string = standsOnItself
param first string = second
param second string = first
param list string[] = ['a', 1]
param typed { name: string } = { nam: 'x' }
param both string = 1 2
output o string = utcNow()
