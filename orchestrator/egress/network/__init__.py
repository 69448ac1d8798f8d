"""A model of the network from resources, planned or deployed. Built once by `build.build_network`, then only read."""
