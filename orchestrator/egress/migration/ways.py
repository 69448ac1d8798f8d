"""A cluster's way out as its body states it: the outbound type that is meant, whose network it is, what keeps AKS from changing it."""

from orchestrator.catalog.outbound_types import meant_outbound_type
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.migrations import WayOut
from orchestrator.model.resource_id import parse_resource_id
from orchestrator.model.resources import Resource, Snapshot, is_expression

CLUSTER = "Microsoft.ContainerService/managedClusters"
_POOL = f"{CLUSTER}/agentPools".lower()


def network_profile(cluster: Resource) -> JsonObject:
    """A cluster's networkProfile; empty where it has none."""
    return _object(cluster.properties.get("networkProfile"))


def nat_gateway_sku(cluster: Resource) -> str | None:
    """The SKU that a managed NAT gateway is asked with."""
    sku = _object(network_profile(cluster).get("natGatewayProfile")).get("sku")
    return str(sku) if sku else None


def read_way(snapshot: Snapshot, cluster: Resource) -> WayOut:
    """The way out; the type may be an expression."""
    stated = str(network_profile(cluster).get("outboundType") or "loadBalancer")
    return WayOut(meant_outbound_type(stated, nat_gateway_sku(cluster)), "own" if read_subnets(snapshot, cluster) else "managed")


def read_subnets(snapshot: Snapshot, cluster: Resource) -> dict[str, str]:
    """Pool -> the subnet that it was given; no row for a pool in a network that AKS makes."""
    bodies = [(str(pool.get("name", "")), pool) for pool in cluster.properties.get("agentPoolProfiles") or () if isinstance(pool, dict)]
    own = (one for one in snapshot if one.type.lower() == _POOL and one.id.lower().startswith(f"{cluster.id.lower()}/"))
    bodies += [(pool.name, pool.properties) for pool in own]
    return {name.lower(): str(body["vnetSubnetID"]) for name, body in bodies if body.get("vnetSubnetID")}


def moved_pools(before: dict[str, str], after: dict[str, str]) -> tuple[tuple[str, bool], ...]:
    """Pools whose subnet changes, and whether the network does, too; a subnet that is not known yet counts as the same."""
    found = []
    for name in sorted(before.keys() & after.keys()):
        old, new = before[name].rstrip("/").lower(), after[name].rstrip("/").lower()
        if old != new and not is_expression(old) and not is_expression(new):
            found.append((name, parse_resource_id(old).parent != parse_resource_id(new).parent))
    return tuple(found)


def why_frozen(cluster: Resource) -> str | None:
    """Node auto-provisioning, which AKS Automatic has on, freezes the outbound type."""
    if str(_object(cluster.body.get("sku")).get("name", "")).lower() == "automatic":
        return "the cluster is AKS Automatic, which provisions nodes by itself"
    if str(_object(cluster.properties.get("nodeProvisioningProfile")).get("mode", "")).lower() == "auto":
        return "node auto-provisioning is on (nodeProvisioningProfile.mode Auto)"
    return None


def is_isolated(cluster: Resource) -> bool:
    """True where nodes take their images from a cache, as outbound types none and block demand."""
    return str(_object(cluster.properties.get("bootstrapProfile")).get("artifactSource", "")).lower() == "cache"


def _object(value: Json) -> JsonObject:
    return value if isinstance(value, dict) else {}
