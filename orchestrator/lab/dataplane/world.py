"""The world that resources describe: virtual networks with their machines, routes, outbound methods and firewalls, and the API servers. Pure.

`derive_world` takes all resources of the lab and gives frozen values; two worlds that are equal need no change. It follows the resources (routes, gateways,
pools), never `outboundType`. What it cannot model is in `notes`, in words, and never lets a packet through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from orchestrator.lab.dataplane.addresses import free_addresses
from orchestrator.lab.dataplane.firewall.rules import FirewallSettings, read_firewall_settings
from orchestrator.lab.dataplane.peerings import Peer, find_peers, read_prefixes
from orchestrator.lab.dataplane.routing import Method, NextHop, Outbound, Route, choose_outbound, effective_routes, public_address
from orchestrator.lab.dataplane.security_rules import SecurityGroup, Surroundings, find_surroundings, read_security_group
from orchestrator.lab.dataplane.unmodelled import find_unmodelled
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource, Snapshot, make_snapshot

BUILT_NODES = 10
"""Nodes of a cluster that exist as namespaces; further ones have addresses only."""

DEFAULT_ADDRESSES = "203.0.113"
"""Default outbound access uses an address that nobody owns; the lab has one a virtual network out of this /24 (RFC 5737), which no resource can hold."""


_POD_HOST = 10


@dataclass(frozen=True, slots=True)
class Segment:
    """What machines of one subnet and one set of pools have in common."""

    routes: tuple[Route, ...]
    outbound: Outbound
    security: tuple[SecurityGroup, ...]
    around: Surroundings


@dataclass(frozen=True, slots=True)
class Node:
    """A machine of a cluster with one pod. `inside`: prefixes to which the pod keeps its own address."""

    name: str
    address: str
    pod_address: str
    segment: Segment
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster's nodes in one virtual network."""

    id: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Firewall:
    """An Azure Firewall. `addresses`: the public ones that it leaves from."""

    id: str
    address: str
    addresses: tuple[str, ...]
    segment: Segment
    settings: FirewallSettings


@dataclass(frozen=True, slots=True)
class Vnet:
    """One routing domain."""

    id: str
    prefixes: tuple[str, ...]
    dns_servers: tuple[str, ...]
    clusters: tuple[Cluster, ...]
    firewalls: tuple[Firewall, ...]
    peers: tuple[Peer, ...] = ()

    @property
    def shape(self) -> object:
        """What has to be the same for the network to stay up; the rest changes in place."""
        machines = [(c.id, [(n.name, n.address, n.pod_address, n.inside) for n in c.nodes]) for c in self.clusters]
        return (self.id, self.prefixes, self.dns_servers, machines, [(f.id, f.address) for f in self.firewalls], self.peers)


@dataclass(frozen=True, slots=True)
class ApiServer:
    """The public endpoint of a cluster; `ranges` empty: open to all."""

    name: str
    ranges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """Everything. `notes`: what is not modelled, in words."""

    vnets: tuple[Vnet, ...] = ()
    api_servers: tuple[ApiServer, ...] = ()
    notes: tuple[str, ...] = ()


def derive_world(resources: Sequence[JsonObject]) -> World:
    """The world of whole resource bodies with `id`."""
    return _Deriver(make_snapshot(resources)).world()


@dataclass(slots=True)
class _Machines:
    """What is needed of a pool's scale set."""

    subnet_id: str
    pool_ids: tuple[str, ...]
    group_ids: tuple[str, ...]


@dataclass(slots=True)
class _Deriver:
    snapshot: Snapshot
    notes: list[str] = field(default_factory=list)

    def world(self) -> World:
        networks = sorted(self.snapshot.of_type("Microsoft.Network/virtualNetworks"), key=lambda network: network.id.lower())
        vnets = tuple(self._vnet(network, index) for index, network in enumerate(networks))
        return World(vnets, self._api_servers(), tuple(dict.fromkeys([*self.notes, *find_unmodelled(self.snapshot)])))

    def _vnet(self, network: Resource, index: int) -> Vnet:
        prefixes, peers = read_prefixes(network), find_peers(self.snapshot, network)
        view = _VnetView(self, network, prefixes, peers, f"{DEFAULT_ADDRESSES}.{index % 254 + 1}")
        firewalls = tuple(view.firewalls())
        view.take(firewall.address for firewall in firewalls)
        dns_servers = tuple((network.properties.get("dhcpOptions") or {}).get("dnsServers") or ())
        return Vnet(network.id, prefixes, dns_servers, tuple(view.clusters()), firewalls, peers)

    def _api_servers(self) -> tuple[ApiServer, ...]:
        found = []
        for cluster in self.snapshot.of_type("Microsoft.ContainerService/managedClusters"):
            access = cluster.properties.get("apiServerAccessProfile") or {}
            if cluster.properties.get("fqdn") and not access.get("enablePrivateCluster"):
                found.append(ApiServer(str(cluster.properties["fqdn"]).lower(), self._authorized(cluster, access)))
        return tuple(sorted(found, key=lambda server: server.name))

    def _authorized(self, cluster: Resource, access: JsonObject) -> tuple[str, ...]:
        """AKS adds the load balancer's addresses by itself; 0.0.0.0/32 means only those."""
        ranges = tuple(access.get("authorizedIPRanges") or ())
        profile = (cluster.properties.get("networkProfile") or {}).get("loadBalancerProfile") or {}
        own = [public_address(self.snapshot, reference) for reference in profile.get("effectiveOutboundIPs") or ()]
        return (*ranges, *(f"{address}/32" for address in own if address)) if ranges else ()


@dataclass(slots=True)
class _VnetView:
    deriver: _Deriver
    network: Resource
    prefixes: tuple[str, ...]
    peers: tuple[Peer, ...]
    default_address: str
    taken: set[str] = field(default_factory=set)

    @property
    def snapshot(self) -> Snapshot:
        return self.deriver.snapshot

    def say(self, text: str) -> None:
        self.deriver.notes.append(text)

    def take(self, addresses: Iterator[str]) -> None:
        self.taken.update(addresses)

    def firewalls(self) -> Iterator[Firewall]:
        for resource in self.snapshot.of_type("Microsoft.Network/azureFirewalls"):
            configurations = [body.get("properties") or {} for body in resource.properties.get("ipConfigurations") or ()]
            subnet = self._subnet(str((configurations[0].get("subnet") or {}).get("id"))) if configurations else None
            address = configurations[0].get("privateIPAddress") if configurations else None
            if subnet is None or not address:
                continue
            public = [public_address(self.snapshot, configuration.get("publicIPAddress")) for configuration in configurations]
            addresses = tuple(item for item in public if item)
            segment = self._segment(subnet, (), ())
            if segment.outbound.method is not Method.NAT_GATEWAY:
                segment = replace(segment, outbound=Outbound(Method.OWN, addresses))
            yield Firewall(resource.id, str(address), addresses, segment, read_firewall_settings(self.snapshot, resource, self.say))

    def clusters(self) -> Iterator[Cluster]:
        for resource in sorted(self.snapshot.of_type("Microsoft.ContainerService/managedClusters"), key=lambda cluster: cluster.id.lower()):
            nodes = tuple(self._nodes(resource))
            if nodes:
                yield Cluster(resource.id, nodes)

    def _nodes(self, cluster: Resource) -> Iterator[Node]:
        """Nodes take their addresses first, then the pods."""
        planned = []
        for pool in cluster.properties.get("agentPoolProfiles") or ():
            machines = self._machines(cluster, pool)
            subnet = self._subnet(machines.subnet_id)
            if subnet is not None:
                segment = self._segment(subnet, machines.pool_ids, machines.group_ids)
                given = self._give(subnet, int(pool.get("count") or 0))
                planned += [(f"{pool['name']}-{i}", address, subnet, segment, pool) for i, address in enumerate(given)]
        for index, (name, address, subnet, segment, pool) in enumerate(planned[:BUILT_NODES]):
            pod = self._pod(cluster, pool, subnet, index)
            if pod is not None:
                yield Node(name, address, pod[0], segment, pod[1])

    def _machines(self, cluster: Resource, pool: JsonObject) -> _Machines:
        group = str(cluster.properties.get("nodeResourceGroup")).lower()
        for scale_set in self.snapshot.of_type("Microsoft.Compute/virtualMachineScaleSets"):
            if str(scale_set.resource_id.resource_group).lower() == group and scale_set.name.lower().startswith(f"aks-{pool['name']}-".lower()):
                return _read_scale_set(scale_set)
        return _Machines(str(pool.get("vnetSubnetID")), (), ())

    def _pod(self, cluster: Resource, pool: JsonObject, subnet: JsonObject, index: int) -> tuple[str, tuple[str, ...]] | None:
        """A pod's address, and where it keeps it: in flat CNI the virtual network, in overlay and kubenet only among pods."""
        profile = cluster.properties.get("networkProfile") or {}
        if str(profile.get("networkPlugin")).lower() == "azure" and str(profile.get("networkPluginMode")).lower() != "overlay":
            pods = self._subnet(str(pool.get("podSubnetID"))) or subnet
            given = self._give(pods, 1)
            return (given[0], self.prefixes) if given else None
        pod_range = str(profile.get("podCidr") or "10.244.0.0/16")
        base = pod_range.split("/", 1)[0].split(".")
        return f"{base[0]}.{base[1]}.{index}.{_POD_HOST}", (pod_range,)

    def _give(self, subnet: JsonObject, count: int) -> list[str]:
        given = list(islice(free_addresses(_prefix(subnet), self.taken), count))
        if len(given) < count:
            self.say(f"subnet {subnet.get('name')}: no free address for {count - len(given)} of {count}")
        self.taken.update(given)
        return given

    def _subnet(self, subnet_id: str) -> JsonObject | None:
        for body in self.network.properties.get("subnets") or ():
            own = str(body.get("id") or f"{self.network.id}/subnets/{body.get('name')}")
            if own.lower() == subnet_id.lower():
                return dict(body)
        return None

    def _segment(self, subnet: JsonObject, pool_ids: Sequence[str], group_ids: Sequence[str]) -> Segment:
        properties = subnet.get("properties") or {}
        routes = effective_routes(self.prefixes, self.peers, self.snapshot.find((properties.get("routeTable") or {}).get("id")), self.say)
        if any(route.next_hop is NextHop.GATEWAY for route in routes):
            self.say(f"subnet {subnet.get('name')}: there is no virtual network gateway in the lab, so routes to one lose their packets")
        groups = dict.fromkeys(str(i).lower() for i in ((properties.get("networkSecurityGroup") or {}).get("id"), *group_ids) if i)
        found = [self.snapshot.find(group_id) for group_id in groups]
        around = find_surroundings(self.prefixes, self.peers, routes)
        security = [read_security_group(group, around.prefixes, self.say) for group in found if group is not None]
        outbound = choose_outbound(self.snapshot, subnet, pool_ids, self.default_address)
        return Segment(routes, outbound, tuple(security), around)


def _prefix(subnet: JsonObject) -> str:
    properties = subnet.get("properties") or {}
    prefixes = [properties.get("addressPrefix"), *(properties.get("addressPrefixes") or ())]
    return next(str(prefix) for prefix in prefixes if prefix and ":" not in prefix)


def _read_scale_set(scale_set: Resource) -> _Machines:
    profile = (scale_set.properties.get("virtualMachineProfile") or {}).get("networkProfile") or {}
    interface = (profile.get("networkInterfaceConfigurations") or [{}])[0].get("properties") or {}
    configuration = (interface.get("ipConfigurations") or [{}])[0].get("properties") or {}
    pools = tuple(str(reference.get("id")) for reference in configuration.get("loadBalancerBackendAddressPools") or ())
    groups = tuple(filter(None, [(interface.get("networkSecurityGroup") or {}).get("id")]))
    return _Machines(str((configuration.get("subnet") or {}).get("id")), pools, groups)
