using 'nowhere.bicep'

param a = 1
