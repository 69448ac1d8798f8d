param passed string
param other string

module inner 'inner.bicep' = {
  name: 'inner'
  params: { name: passed, flag: true, tag: other, through: 'x' }
}
