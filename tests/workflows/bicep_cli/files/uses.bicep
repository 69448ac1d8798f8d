module inner 'warn.bicep' = {
  params: { name: 'x', unused: 1, alsoUnused: 2 }
}
module broken 'bad.bicep' = {
  params: { name: 'x', unused: 1 }
}
