"""Microsoft.Network: a file a family."""

from orchestrator.lab.providers.network import firewalls, ip_groups, load_balancers, nat_gateways, public_ips, route_tables, security_groups, virtual_networks
from orchestrator.lab.resource_types import ResourceType

RESOURCE_TYPES: tuple[ResourceType, ...] = (
    *public_ips.RESOURCE_TYPES,
    *nat_gateways.RESOURCE_TYPES,
    *route_tables.RESOURCE_TYPES,
    *security_groups.RESOURCE_TYPES,
    *virtual_networks.RESOURCE_TYPES,
    *firewalls.RESOURCE_TYPES,
    *ip_groups.RESOURCE_TYPES,
    *load_balancers.RESOURCE_TYPES,
)
