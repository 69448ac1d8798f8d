/* before */ param a /* between */ string // behind
/*
  several
*/
param b string = /* in */ 'b'

output o array = [ // first
  a // second

  /* third */ b
]
