type a = string
type b = c[]
type c = int
@export()
type d = string
type e = { next: e? }
param p b
output o array = p
