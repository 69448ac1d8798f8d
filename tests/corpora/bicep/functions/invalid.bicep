param text string

output arity string = toLower(text, text)
output none string = toLower()
output kind string = toLower(1)
output unknown string = toLwer(text)
output nowhere string = nothing(text)
output banned string = parameters('text')
output bare string = toLower
output asCall string = text()
output namespaced string = sys.nothing(text)
output wrongNamespace string = az.toLower(text)
output notOne string = nowhere.toLower(text)
output literal object = json('{ bad')
output date string = utcNow()
output guid string = newGuid()
output missing string = toLower(text
output comma string = concat(text,)
output variable array = range(0, 'a')
output overload int = length(1)
output evaluated string = substring('abc', 5, 5)
output joined string = join('a', 'b')
output scopeOnly string = resourceGroup('other').id
output bareList array = list('x', '2024-07-01')
