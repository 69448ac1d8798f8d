extension
extension nothing
extension kubernetes
extension kubernetes with { kubeConfig: 1, other: 2 } as one
extension kubernetes with { kubeConfig: 'x', namespace: 'y' } as one
extension kubernetes with as two
extension 'br:example.azurecr.io/a/b:1' as three
resource map 'core/ConfigMap@v1' = { metadata: { } }
