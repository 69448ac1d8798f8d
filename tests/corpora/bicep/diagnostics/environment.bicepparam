using '../templates/shared/child.bicep'

param name = readEnvironmentVariable('NO_SUCH_VARIABLE')
