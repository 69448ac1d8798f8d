param a array
output x object = toObject(a, i => i.name, i => { v: i, n: map([1], (z, k) => z + k) })
output y array = [for (q, i) in a: { ...q, i: i, ...{ b: 1 } }]
output z object = { ...a[0], c: [...a, 1, ...[2, 3]] }
output g object = groupBy(a, i => i.k)
output s array = sort(a, (l, r) => l < r)
output rr int = reduce([1, 2], 0, (c, n, i) => c + n + i)
output mv object = mapValues({ a: 1 }, v => v * 2)
output tern string = a[?0].?x ?? (a[^1] == null ? 'n' : 's')
output neg int = -5 + -(3)
output big int = 3000000000
output bs string = '[x]'
output b2 string = '[x'
output lineEnds string = 'a\u{85}b\u{2028}c\u{2029}d'
