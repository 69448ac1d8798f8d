var a = b ? { c: 1 } : union(d, e)
type f = 'a' | 'b'
