param a string
param b array
param c object
output o array = [
  concat('a', a)
  concat(a, 'b', 1, true)
  concat('a')
  concat(b, [])
  concat(c.x, 'b')
  concat(c.x, c.y)
  sys.concat('a', a)
  concat('a', concat('b', a))
]
