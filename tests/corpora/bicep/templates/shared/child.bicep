param name string
param size int = 1
param list array = []

output name string = '${name}${size}${length(list)}'
output list string[] = [name]
