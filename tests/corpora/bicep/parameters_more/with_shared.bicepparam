using none

var name = 'n'
param b = 'shared'
param c = {
  y: 1
}
param unknown = name
