type thing2 = { name: string, other: int? }
param name string
param size int
@maxLength(3)
param text string = ''
param thing thing2 = { name: 'x' }
@allowed(['x', 'y'])
param choice string = 'x'
@minValue(2)
param low int = 3
param list string[] = []
output all array = [name, size, text, thing, choice, low, list]
