param o { a: string?, b: string, c: { d: int? } }
param key string
param free object
output p array = [
  contains(o, 'a') ? o.a : 'none'
  contains(o, key) ? o[key] : 'none'
  contains(free, 'x') ? free.x : 'none'
  contains(free, 'x') ? free.y : 'none'
  contains(free, 'x') ? free['x'] : 'none'
  contains(free.z, 'x') ? free.z.x : free.w
  o.a
  o.?a
  o.a!
  o.b
  o.c.d
  o['a']
  free.x
]
