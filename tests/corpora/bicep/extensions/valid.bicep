@secure()
param config string

extension kubernetes with { kubeConfig: config, namespace: 'default' } as k8s

resource map 'core/ConfigMap@v1' = {
  metadata: { name: 'm' }
  data: { a: 'b' }
}
output name string = map.metadata.name
