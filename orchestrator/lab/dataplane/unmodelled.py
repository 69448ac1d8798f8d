"""What resources ask for that the lab's packets do not do, in words for a person; what is said while a world is derived is not repeated here. Pure."""

from collections.abc import Iterator

from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource, Snapshot

_WHOLE = {
    "Microsoft.Network/privateEndpoints": "private endpoints: names keep their public addresses",
    "Microsoft.Network/privateDnsZones/virtualNetworkLinks": "private DNS zones: names keep their public addresses",
    "Microsoft.Network/virtualNetworkGateways": "virtual network gateways: routes to one lose their packets",
    "Microsoft.Network/virtualHubs": "virtual hubs: they bring no routes",
}


def find_unmodelled(snapshot: Snapshot) -> Iterator[str]:
    """Sentences about a snapshot's resources."""
    for type_name, text in _WHOLE.items():
        if snapshot.of_type(type_name):
            yield f"the lab has no {text}"
    for network in snapshot.of_type("Microsoft.Network/virtualNetworks"):
        yield from _of_network(network)
    for cluster in snapshot.of_type("Microsoft.ContainerService/managedClusters"):
        for pool in cluster.properties.get("agentPoolProfiles") or ():
            yield from _of_pool(cluster, pool)
    for firewall in snapshot.of_type("Microsoft.Network/azureFirewalls"):
        if firewall.properties.get("virtualHub"):
            yield f"{firewall.name}: a firewall in a virtual hub takes no packets in the lab"


def _of_network(network: Resource) -> Iterator[str]:
    for subnet in network.properties.get("subnets") or ():
        services = [str(body.get("service")) for body in (subnet.get("properties") or {}).get("serviceEndpoints") or ()]
        if services:
            yield f"subnet {subnet.get('name')}: the lab has no service endpoints, so traffic to {', '.join(services)} takes the subnet's other routes"
    for peering in network.properties.get("virtualNetworkPeerings") or ():
        if (peering.get("properties") or {}).get("useRemoteGateways"):
            yield f"peering {peering.get('name')} of {network.name}: there is no virtual network gateway in the lab to bring routes"


def _of_pool(cluster: Resource, pool: JsonObject) -> Iterator[str]:
    if pool.get("enableNodePublicIP"):
        yield f"{cluster.name}/{pool.get('name')}: nodes have no public addresses of their own in the lab"
    pods, nodes = pool.get("podSubnetID"), pool.get("vnetSubnetID")
    if pods and nodes and str(pods).lower() != str(nodes).lower():
        yield f"{cluster.name}/{pool.get('name')}: in the lab pods leave by their node's subnet, whatever the subnet of the pods says"
