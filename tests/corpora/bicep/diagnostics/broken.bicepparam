using '../templates/shared/child.bicep'

param name = 'x
param size =
param list = undefinedThing
