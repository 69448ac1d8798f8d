"""Managed clusters and their pools, read from resources, with the network that AKS makes where none is given."""

from collections.abc import Iterator

from orchestrator.egress.addresses.ranges import ranges_of
from orchestrator.egress.network.model import Cluster, Pool, Subnet, VirtualNetwork
from orchestrator.egress.network.reading import Resources, inner, objects, place_of, reference_id
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, Snapshot

CLUSTER = "Microsoft.ContainerService/managedClusters"
AGENT_POOL = f"{CLUSTER}/agentPools"
SCALE_SET = "Microsoft.Compute/virtualMachineScaleSets"
MANAGED_RANGE = "10.224.0.0/12"
"""What AKS takes for a network of its own."""


def find_clusters(snapshot: Snapshot) -> tuple[Resource, ...]:
    """The managed clusters among the resources."""
    return snapshot.of_type(CLUSTER)


def read_clusters(resources: Resources, networks: dict[str, VirtualNetwork]) -> dict[str, Cluster]:
    """All clusters, by lower-case id."""
    by_group: dict[tuple[str, str], VirtualNetwork] = {}
    for network in networks.values():
        by_group.setdefault(place_of(network.id), network)
    groups = _interface_groups(resources)
    return {cluster.id.lower(): _read_cluster(resources, cluster, by_group, groups) for cluster in resources.of_type(CLUSTER)}


def _read_cluster(
    resources: Resources, cluster: Resource, by_group: dict[tuple[str, str], VirtualNetwork], groups: dict[tuple[str, str], tuple[str, ...]]
) -> Cluster:
    profile = network_profile(cluster)
    pools = tuple(_read_pools(resources, cluster))
    place = (place_of(cluster.id)[0], str(cluster.properties.get("nodeResourceGroup") or "").lower())
    made = by_group.get(place) if all(place) else None
    managed = None
    if not any(pool.subnet_id for pool in pools):
        managed = made.subnets[0] if made is not None and made.subnets else _planned_subnet(cluster)
    return Cluster(
        cluster,
        cluster.id,
        cluster.name,
        str(cluster.body.get("location", "")).replace(" ", "").lower(),
        str(profile.get("outboundType") or "loadBalancer"),
        pools,
        _hides_pods(profile),
        managed,
        groups.get(place, ()),
    )


def network_profile(cluster: Resource) -> JsonObject:
    """A cluster's networkProfile; empty where it has none."""
    profile = cluster.properties.get("networkProfile")
    return profile if isinstance(profile, dict) else {}


def _hides_pods(profile: JsonObject) -> bool:
    """True where pods have addresses of their own that no network sees: overlay, kubenet, and what AKS takes by default."""
    plugin, mode = profile.get("networkPlugin"), profile.get("networkPluginMode")
    return mode == "overlay" or plugin in ("kubenet", None)


def _planned_subnet(cluster: Resource) -> Subnet:
    """The subnet that AKS will make: its range is documented, its id is not known."""
    network_id = f"{cluster.id}/made-by-aks"
    return Subnet(f"{network_id}/subnets/aks-subnet", "aks-subnet", network_id, ranges_of(MANAGED_RANGE), default_outbound=False, made_by_aks=True)


def _read_pools(resources: Resources, cluster: Resource) -> Iterator[Pool]:
    """The pools in a cluster's body, and those that are resources of their own."""
    names = set()
    for body in objects(cluster.properties.get("agentPoolProfiles")):
        names.add(str(body.get("name", "")).lower())
        yield _read_pool(str(body.get("name", "")), body)
    for pool in resources.children(cluster.id, "agentPools"):
        if pool.name.lower() not in names:
            yield _read_pool(pool.name, pool.properties)


def _read_pool(name: str, body: JsonObject) -> Pool:
    count = _number(body.get("count"), 1)
    upgrade = body.get("upgradeSettings")
    surge = upgrade.get("maxSurge") if isinstance(upgrade, dict) else None
    most = _number(body.get("maxCount"), count) if body.get("enableAutoScaling") is True else count
    pods = body.get("maxPods")
    return Pool(
        name,
        _id_text(body.get("vnetSubnetID")),
        _id_text(body.get("podSubnetID")),
        count,
        max(count, most),
        str(surge) if surge is not None else None,
        pods if isinstance(pods, int) else None,
        str(body.get("osType") or "Linux"),
        str(body.get("vmSize") or ""),
        body.get("enableNodePublicIP") is True,
    )


def _id_text(value: Json) -> str | None:
    return str(value) if value else None


def _number(value: Json, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _interface_groups(resources: Resources) -> dict[tuple[str, str], tuple[str, ...]]:
    """(subscription, node resource group) -> ids of the security groups on the nodes' interfaces."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for scale_set in resources.of_type(SCALE_SET):
        machine: Json = scale_set.properties.get("virtualMachineProfile")
        network: Json = machine.get("networkProfile") if isinstance(machine, dict) else None
        for body in objects(network.get("networkInterfaceConfigurations") if isinstance(network, dict) else None):
            group_id = reference_id(inner(body).get("networkSecurityGroup"))
            place = place_of(scale_set.id)
            if group_id is not None and group_id not in found.get(place, ()):
                found[place] = (*found.get(place, ()), group_id)
    return found
