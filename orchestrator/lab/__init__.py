"""Azure on this machine: an ARM endpoint, clusters and a data plane with real packets."""
