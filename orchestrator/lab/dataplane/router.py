"""A virtual network as namespaces: its router, nodes, pods; routes and outbound methods, which change in place.

Every interface of a machine ends at the router, in a link group that is its segment's number. The router marks packets with the group and looks the routes of
that segment up; behind a next hop Internet it gives the packet a public address. The main table holds the machines themselves.

Peered networks are links between two routers, made when a route first needs one. What comes by a link finds the machines of the main table and nothing else,
so that no packet passes through a network into a third. A next hop in a peered network has a link of its own, whose group's table leads to that machine alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orchestrator.catalog.lab_internet import AZURE_DNS
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES
from orchestrator.lab.dataplane.firewall.policy import Flow
from orchestrator.lab.dataplane.internet.internet import GATEWAY, Holding, Internet
from orchestrator.lab.dataplane.namespaces import Namespace
from orchestrator.lab.dataplane.nft import (
    ACCEPT,
    DROP,
    Chain,
    RuleSockets,
    State,
    Statement,
    destination_is,
    from_interface,
    in_state,
    mark_by_interface_group,
    marked,
    source_is,
    source_to,
    source_to_one_of,
    to_interface,
)
from orchestrator.lab.dataplane.packet_queue import FORWARD, FirstPacket, PacketQueue
from orchestrator.lab.dataplane.peerings import Peer
from orchestrator.lab.dataplane.routing import Method, NextHop, Route
from orchestrator.lab.dataplane.security_rules import allows_inbound, allows_outbound
from orchestrator.lab.dataplane.world import Cluster, Node, Segment, Vnet

MACHINE_GATEWAY = "169.254.1.1"
PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP"}
_FIRST_TABLE = 1000
_FIRST_LANE = 5000
_DNS_PRIORITY, _SEGMENT_PRIORITY = 50, 100
_MANGLE, _FILTER, _SOURCE_NAT = -150, 0, 100


@dataclass(slots=True)
class Tools:
    """What all networks use."""

    internet: Internet
    rules: RuleSockets
    queue: Statement


@dataclass(slots=True)
class Machine:
    """A namespace behind the router. `index`: its interface's number at the router; `own_index`: the one inside."""

    namespace: Namespace
    index: int
    own_index: int
    address: str


@dataclass(slots=True)
class Router:
    """The router of one virtual network, and the machines behind it. `neighbours`: all routers, by the lower-case id of their network."""

    vnet: Vnet
    tools: Tools
    number: int
    neighbours: Mapping[str, "Router"] = field(default_factory=dict)
    namespace: Namespace = field(init=False)
    uplink: int = field(init=False)
    outside: int = field(init=False)
    machines: dict[str, Machine] = field(default_factory=dict)
    pods: dict[tuple[str, int], Namespace] = field(default_factory=dict)
    nodes: dict[tuple[str, int], Namespace] = field(default_factory=dict)
    _segments: list[Segment] = field(default_factory=list)
    _prepared: int = 0
    _routes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _links: dict[tuple[str, str], int] = field(default_factory=dict)
    _arrivals: dict[int, str] = field(default_factory=dict)
    _groups: dict[str, int] = field(default_factory=dict)
    _queue: PacketQueue | None = None

    def __post_init__(self) -> None:
        self.namespace = Namespace(f"router {self.vnet.id}")
        self.uplink, self.outside = self.tools.internet.attach(self.namespace, self.number, self.address)
        self.namespace.add_route(f"{AZURE_DNS}/32", index=self.uplink, via=GATEWAY)
        self.namespace.add_route("0.0.0.0/0", kind="blackhole")
        self.namespace.add_rule(_DNS_PRIORITY, 254, destination=f"{AZURE_DNS}/32")
        for cluster in self.vnet.clusters:
            self._add_nodes(cluster)
        for firewall in self.vnet.firewalls:
            self.add_machine(firewall.address)
        self.namespace.commit()

    @property
    def address(self) -> str:
        """The router's end of its uplink."""
        return f"100.127.{self.number // 250}.{self.number % 250 + 1}"

    @property
    def holding(self) -> Holding:
        """The public addresses behind this router."""
        found = {address for segment in self._segments for address in segment.outbound.addresses}
        found.update(address for firewall in self.vnet.firewalls for address in firewall.addresses)
        return Holding(self.address, frozenset(found))

    def set_routing(self, vnet: Vnet) -> None:
        """Take over routes, outbound methods and security groups; machines stay. All routers are there by now."""
        self.vnet = vnet
        nodes = [node for cluster in vnet.clusters for node in cluster.nodes]
        members = {node.address: node.segment for node in nodes}
        members.update({firewall.address: firewall.segment for firewall in vnet.firewalls})
        self._segments = list(dict.fromkeys(members.values()))
        self._groups = {address: self._segments.index(segment) + 1 for address, segment in members.items()}
        self._groups.update({node.pod_address: self._groups[node.address] for node in nodes})
        for address in members:
            self.namespace.set_group(self.machines[address].index, self._groups[address])
        for number in range(self._prepared + 1, len(self._segments) + 1):
            self.namespace.add_rule(_SEGMENT_PRIORITY, _FIRST_TABLE + number, mark=number)
        self._prepared = max(self._prepared, len(self._segments))
        for number, segment in enumerate(self._segments, start=1):
            self._set_routes(number, segment)
        for firewall in vnet.firewalls:
            for address in firewall.addresses:
                self.namespace.add_route(f"{address}/32", index=self.machines[firewall.address].index, via=firewall.address)
        self.namespace.commit()
        self._set_chains()

    def receive(self, sender: Vnet, index: int, appliance: str | None) -> None:
        """Take over this end of a link from a peered network. `appliance`: everything on it goes to that machine."""
        if appliance is not None:
            lane = _FIRST_LANE + index
            machine = self.machines[appliance]
            self.namespace.set_group(index, lane)
            self.namespace.add_rule(_SEGMENT_PRIORITY, _FIRST_TABLE + lane, mark=lane)
            self.namespace.add_route("0.0.0.0/0", index=machine.index, via=appliance, table=_FIRST_TABLE + lane)
        self.namespace.commit()
        self._arrivals[index] = sender.id.lower()
        self._set_chains()

    def add_machine(self, address: str) -> Machine:
        """A namespace with one interface and this address, known to the router."""
        if address in self.machines:
            raise ValueError(f"two machines have the address {address}")
        namespace = Namespace(address)
        index, own_index = self.namespace.connect(f"m{len(self.machines)}", namespace, "eth0")
        self.namespace.add_address(index, MACHINE_GATEWAY)
        self.namespace.add_route(f"{address}/32", index=index)
        namespace.add_address(own_index, address)
        namespace.add_route("0.0.0.0/0", index=own_index, via=MACHINE_GATEWAY)
        namespace.commit()
        self.machines[address] = Machine(namespace, index, own_index, address)
        return self.machines[address]

    def close(self) -> None:
        """Remove the network and everything in it."""
        if self._queue is not None:
            self._queue.close()
        for namespace in (*self.pods.values(), *(machine.namespace for machine in self.machines.values()), self.namespace):
            self.tools.rules.forget(namespace)
            namespace.close()

    def _add_nodes(self, cluster: Cluster) -> None:
        for number, node in enumerate(cluster.nodes):
            machine = self.add_machine(node.address)
            pod = Namespace(node.pod_address)
            index, own_index = machine.namespace.connect("pod0", pod, "eth0")
            machine.namespace.add_address(index, MACHINE_GATEWAY)
            machine.namespace.add_route(f"{node.pod_address}/32", index=index)
            machine.namespace.commit()
            pod.add_address(own_index, node.pod_address)
            pod.add_route("0.0.0.0/0", index=own_index, via=MACHINE_GATEWAY)
            pod.commit()
            self.namespace.add_route(f"{node.pod_address}/32", index=machine.index, via=node.address)
            self.tools.rules.replace_table(machine.namespace, "lab", [_masquerade(node, machine)])
            self.nodes[cluster.id.lower(), number] = machine.namespace
            self.pods[cluster.id.lower(), number] = pod

    def _set_routes(self, number: int, segment: Segment) -> None:
        table = _FIRST_TABLE + number
        for prefix in set(self._routes.get(number, ())) - {route.prefix for route in segment.routes}:
            self.namespace.remove_route(prefix, table=table)
        for route in segment.routes:
            self._set_route(table, route, segment)
        self._routes[number] = tuple(route.prefix for route in segment.routes)

    def _set_route(self, table: int, route: Route, segment: Segment) -> None:
        appliance = self.machines.get(route.address or "")
        link = self._find_link(route)
        match route.next_hop:
            case NextHop.VNET_LOCAL:
                self.namespace.add_route(route.prefix, kind="throw", table=table)
            case NextHop.APPLIANCE if appliance is not None:
                self.namespace.add_route(route.prefix, index=appliance.index, via=appliance.address, table=table)
            case NextHop.APPLIANCE | NextHop.PEERING if link is not None:
                self.namespace.add_route(route.prefix, index=link[0], via=link[1], table=table)
            case NextHop.INTERNET if segment.outbound.method is not Method.NONE:
                self.namespace.add_route(route.prefix, index=self.uplink, via=GATEWAY, table=table)
            case _:
                self.namespace.add_route(route.prefix, kind="blackhole", table=table)

    def _find_link(self, route: Route) -> tuple[int, str] | None:
        """The link to a peered network, or to an appliance in one, and the router at its end; None where there is neither."""
        for peer in self.vnet.peers:
            remote = self.neighbours.get(peer.remote)
            if remote is not None and (peer.remote == route.address or (route.address or "") in remote.machines):
                return self._get_link(remote, route.address if route.next_hop is NextHop.APPLIANCE else None), remote.address
        return None

    def _get_link(self, remote: "Router", appliance: str | None) -> int:
        key = (remote.vnet.id.lower(), appliance or "")
        if key not in self._links:
            self._links[key], far = self.namespace.connect(f"p{len(self._links)}", remote.namespace, f"q{self.number}-{len(self._links)}")
            remote.receive(self.vnet, far, appliance)
        return self._links[key]

    def _set_chains(self) -> None:
        self.tools.rules.replace_table(self.namespace, "lab", self._chains())

    def _chains(self) -> Sequence[Chain]:
        mangle: list[tuple[Statement, ...]] = [(mark_by_interface_group(),), *self._refused_arrivals()]
        waits = [n for n, segment in enumerate(self._segments, start=1) if segment.security or segment.around.closed]
        forward: list[tuple[Statement, ...]] = [(to_interface(self.uplink), destination_is(prefix), DROP) for prefix in PRIVATE_RANGES]
        if waits:
            mangle.append((destination_is(AZURE_DNS), ACCEPT))
            mangle += [(in_state(State.NEW), marked(number), self.tools.queue) for number in waits]
            forward += [
                (in_state(State.NEW), to_interface(self.machines[a].index), self.tools.queue)
                for a, n in self._groups.items()
                if a in self.machines and n in waits
            ]
            self._start_queue()
        nat: list[tuple[Statement, ...]] = [(to_interface(self.uplink), destination_is(AZURE_DNS), source_to(self.address))]
        for number, segment in enumerate(self._segments, start=1):
            if segment.outbound.method is not Method.OWN:
                nat += source_to_one_of((to_interface(self.uplink), marked(number)), segment.outbound.addresses, random=False)
        return [
            Chain("mark", "filter", "prerouting", _MANGLE, tuple(mangle)),
            Chain("forward", "filter", "forward", _FILTER, tuple(forward)),
            Chain("out", "nat", "postrouting", _SOURCE_NAT, tuple(nat)),
        ]

    def _refused_arrivals(self) -> Iterator[tuple[Statement, ...]]:
        """What does not come from the peer's own addresses begins no flow where the peering takes no forwarded traffic; answers are not concerned."""
        peers: dict[str, Peer] = {peer.remote: peer for peer in self.vnet.peers}
        for index, sender in self._arrivals.items():
            if not peers[sender].forwarded:
                foreign = tuple(source_is(prefix, negated=True) for prefix in peers[sender].prefixes)
                yield (from_interface(index), in_state(State.NEW), *foreign, DROP)

    def _start_queue(self) -> None:
        if self._queue is None:
            self._queue = PacketQueue(self.namespace, self._judge)

    def _judge(self, packet: FirstPacket) -> int | None:
        """Network security groups: of the segment whose number the packet has as its mark, and, on its way to a machine, of that machine's segment."""
        flow = Flow(PROTOCOLS.get(packet.protocol, "OTHER"), packet.source, packet.destination, packet.destination_port)
        if packet.hook == FORWARD:
            segment = self._segments[self._groups[packet.destination] - 1] if packet.destination in self._groups else None
            allowed = segment is None or allows_inbound(segment.security, segment.around, flow)
        else:
            segment = self._segments[packet.mark - 1]
            allowed = allows_outbound(segment.security, segment.around, flow)
        return packet.mark if allowed else None


def _masquerade(node: Node, machine: Machine) -> Chain:
    """What ip-masq-agent does: a pod leaves what is inside with the node's address."""
    outside = tuple(destination_is(prefix, negated=True) for prefix in node.inside)
    rule = (to_interface(machine.own_index), source_is(node.pod_address), *outside, source_to(node.address))
    return Chain("masquerade", "nat", "postrouting", _SOURCE_NAT, (rule,))
