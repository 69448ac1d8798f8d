param name string = 'abc'
assert short = length(name) < 5
assert started = startsWith(name, 'a') && !empty(name)
test child '../shared/child.bicep' = {
  params: { name: 'x', size: 2 }
}
