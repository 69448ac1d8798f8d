"""The Kubernetes API of the lab's clusters: as much of it as kubectl 1.31 and later needs for namespaces, pods, jobs, nodes and events. In memory only."""
