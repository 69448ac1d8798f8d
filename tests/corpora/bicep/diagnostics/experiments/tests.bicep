test good 'tested.bicep' = {
  params: {
    env: 'prod'
    suffix: 1
  }
}
test good 'tested.bicep' = {
  params: {}
}
test empty 'tested.bicep' = {}
test wrong 'tested.bicep' = {
  params: {
    env: 1
    suffix: '1'
    other: 2
  }
  additional: {}
}
test missing 'nowhere.bicep' = {}
var used = missing
output o object = used
