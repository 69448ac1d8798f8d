using '../shared/template.json'
param text = 'a'
param more = 2
