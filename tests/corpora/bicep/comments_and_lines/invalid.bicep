param a string param b string
param c
  string
output o string = a &&
  b
output p string = (
  a)
output q string = a; output r string = b
nonsense
{ }
/* never closed
