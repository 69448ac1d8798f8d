// asserts and tests, and the template language that they need
param name string = 'abc'

extension kubernetes with {
  kubeConfig: 'config'
  namespace: name
}

assert short = length(name) < 5

test itself 'tested.bicep' = {
  params: {
    text: 'x'
  }
}
