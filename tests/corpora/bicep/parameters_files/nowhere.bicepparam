using 'nowhere.bicep'
param name = 'a'
