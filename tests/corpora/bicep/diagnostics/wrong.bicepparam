using '../templates/shared/target.bicep'

param size = 'x'
param nope = 1
param text = 'long'
param thing = { other: 1, more: 2 }
param choice = 'z'
param low = 1
param list = ['a', 5]
var unused = 1
