using 'main.bicep' with {
  a: 1
}

extends 'base.bicepparam'
import { a } from 'types.bicep'
var x = 1
param a = 'x'
param b = {
  c: [1, 2]
}
param c = readEnvironmentVariable('A', 'b')
output   not   string   =   'here'
param   typed   string   =   'x'
extensionConfig k8s with {
  namespace: 'x'
}
