// the extension that is built in
@secure()
param config string

extension kubernetes with {
  kubeConfig: config
  namespace: 'default'
}

resource space 'core/Namespace@v1' = {
  metadata: {
    name: 'demo'
  }
}

@description('Waits for its namespace.')
resource service 'core/Service@v1' = if (length(config) > 3) {
  metadata: {
    name: 'front'
  }
  dependsOn: [
    space
  ]
}

output name string = space.metadata.name
