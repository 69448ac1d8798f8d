assert
assert noValue
assert text = 'a'
assert twice = true
assert twice = false
test
test nowhere '../shared/nowhere.bicep' = {}
test missing '../shared/child.bicep' = { params: {} }
test kind '../shared/child.bicep' = { params: { name: 1 } }
