"""parameters/<env>: where an environment goes and what its egress must be."""
