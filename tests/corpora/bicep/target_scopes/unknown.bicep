targetScope = 'planet'
output a string = 'a'
