param items { name: string, size: int }[]
param map_ object

output mapped array = map(items, item => item.name)
output indexed array = map(items, (item, index) => '${index}-${item.name}')
output filtered array = filter(items, item => item.size > 1)
output sorted array = sort(items, (a, b) => a.size < b.size)
output sum int = reduce(items, 0, (total, item) => total + item.size)
output counted int = reduce(map(items, i => i.size), 0, (total, size, index) => total + size * index)
output object_ object = toObject(items, item => item.name, item => item.size)
output grouped object = groupBy(items, item => item.name)
output values_ object = mapValues(map_, value => toUpper(value))
output nested array = map(range(0, 3), x => map(range(0, x), y => x * y))
output names string[] = [for entry in sys.items(map_): entry.key]
output closed array = filter(map(items, i => i.name), name => contains(map(items, j => j.name), name))
