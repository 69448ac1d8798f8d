using '../templates/shared/child.bicep'

var prefix = 'a'

param name = '${prefix}-${readEnvironmentVariable('NO_SUCH_VARIABLE', 'b')}'
param size = length(name) + 1
param list = [for item in ['p', 'q']: { upper: toUpper(item), ...{ more: name } }]
