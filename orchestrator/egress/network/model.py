"""The parts of a network as values. Ids keep their spelling; tables of the Network are keyed by lower-case id."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.egress.addresses.matcher import AddressMatcher
from orchestrator.egress.addresses.ranges import AddressRanges
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.firewall.rules import Ports
from orchestrator.egress.network.reading import Resources
from orchestrator.model.resources import Resource


@dataclass(frozen=True, slots=True)
class Subnet:
    """A subnet. `default_outbound` None: nothing is said. `made_by_aks`: AKS makes it; it is not among the resources. `unknown`: why its way cannot be told."""

    id: str
    name: str
    network_id: str
    ranges: AddressRanges
    route_table_id: str | None = None
    security_group_id: str | None = None
    nat_gateway_id: str | None = None
    default_outbound: bool | None = None
    service_endpoints: tuple[str, ...] = ()
    made_by_aks: bool = False
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Peering:
    """A peering from one network's side. `mutual` None: the remote network is not among the resources; then `remote_ranges` is what the peering itself says."""

    name: str
    remote_id: str
    access: bool
    forwarded: bool
    mutual: bool | None
    remote_ranges: AddressRanges | None = None


@dataclass(frozen=True, slots=True)
class VirtualNetwork:
    """A virtual network. `dns_servers`: empty means Azure's own. `learned`: what may bring routes that no resource shows (a gateway, a virtual hub)."""

    id: str
    name: str
    ranges: AddressRanges
    subnets: tuple[Subnet, ...]
    dns_servers: tuple[str, ...]
    peerings: tuple[Peering, ...]
    learned: str | None = None
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A route. `origin`: user or system; `next_hop`: the appliance's address or an expression; `fixed`: no user's route overrides it."""

    name: str
    table_id: str | None
    matcher: AddressMatcher
    length: int
    origin: str
    kind: str
    next_hop: str | None = None
    fixed: bool = False

    def __str__(self) -> str:
        hop = f" {self.next_hop}" if self.next_hop and self.origin == "user" else ""
        return f"{', '.join(self.matcher.texts)} -> {self.kind}{hop} ({self.origin})"


@dataclass(frozen=True, slots=True)
class RouteTable:
    """A user's route table. `unknown`: why it cannot be read whole."""

    id: str
    name: str
    routes: tuple[Route, ...]
    propagates: bool
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class SecurityRule:
    """A rule of a network security group. `unknown`: why it cannot be read."""

    name: str
    priority: int
    allow: bool
    protocols: frozenset[str]
    ports: Ports
    source: AddressMatcher
    destination: AddressMatcher
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class SecurityGroup:
    """A network security group, rules in order, without Azure's default rules. `unknown`: why it cannot be read whole."""

    id: str
    name: str
    outbound: tuple[SecurityRule, ...]
    inbound: tuple[SecurityRule, ...]
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class NatGateway:
    """A NAT gateway and the ids of its addresses and prefixes. `unknown`: why more addresses are possible."""

    id: str
    name: str
    address_ids: tuple[str, ...]
    unknown: str | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """A node pool. Subnet ids are None where AKS makes the network; may be expressions."""

    name: str
    subnet_id: str | None
    pod_subnet_id: str | None
    count: int
    max_count: int
    surge: str | None
    max_pods: int | None
    os: str
    vm_size: str
    own_addresses: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """A managed cluster. `security_group_ids`: groups that AKS puts on the nodes' interfaces."""

    resource: Resource
    id: str
    name: str
    location: str
    outbound_type: str
    pools: tuple[Pool, ...]
    overlay: bool
    managed_subnet: Subnet | None
    security_group_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Everything, by lower-case id.

    foreign: public addresses that are not the resources' own; addresses: id of a public address or prefix -> its addresses, empty before they are assigned;
    routes: id of a subnet -> its routes in order; firewalls_of: id of a network -> the firewalls in it.
    """

    resources: Resources
    networks: Mapping[str, VirtualNetwork]
    subnets: Mapping[str, Subnet]
    route_tables: Mapping[str, RouteTable]
    security_groups: Mapping[str, SecurityGroup]
    nat_gateways: Mapping[str, NatGateway]
    firewalls: Mapping[str, Firewall]
    clusters: Mapping[str, Cluster]
    addresses: Mapping[str, tuple[str, ...]]
    foreign: AddressRanges
    routes: Mapping[str, tuple[Route, ...]]
    firewalls_of: Mapping[str, tuple[Firewall, ...]]

    def subnet(self, subnet_id: str | None) -> Subnet | None:
        """A subnet by its id."""
        return self.subnets.get((subnet_id or "").rstrip("/").lower())

    def absence(self, resource_id: str | None) -> str:
        """Why a resource is not here, to be said after its name."""
        return self.resources.snapshot.absence(resource_id)

    def network_of(self, subnet: Subnet) -> VirtualNetwork | None:
        """The network that a subnet belongs to."""
        return self.networks.get(subnet.network_id.lower())

    def cluster(self, cluster_id: str) -> Cluster | None:
        """A cluster by its id."""
        return self.clusters.get(cluster_id.rstrip("/").lower())
