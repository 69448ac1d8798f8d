"""Address ranges that AKS keeps, and those that it takes where none is said."""

RESERVED_SOURCE = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview"
DATE = "2026-06-18"

RESERVED_RANGES: tuple[str, ...] = ("169.254.0.0/16", "192.0.2.0/24", "172.30.0.0/16", "172.31.0.0/16")
"""Neither a cluster's network, nor its pods or services, may overlap these."""

DEFAULT_SERVICE_CIDR = "10.0.0.0/16"
DEFAULT_POD_CIDR = "10.244.0.0/16"
