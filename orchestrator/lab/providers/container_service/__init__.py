"""Microsoft.ContainerService: clusters. What is refused, what is computed, and what lies in the node resource group are a file each."""

from orchestrator.lab.providers.container_service.managed_clusters import RESOURCE_TYPES

__all__ = ["RESOURCE_TYPES"]
