"""A virtual network as namespaces: its router, nodes, pods; routes and outbound methods, which change in place.

Every interface of a machine ends at the router, in a link group that is its segment's number. The router marks packets with the group and looks the routes of
that segment up; behind a next hop Internet it gives the packet a public address. The main table holds the machines themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from orchestrator.catalog.lab_internet import AZURE_DNS
from orchestrator.lab.dataplane.firewall.policy import Flow
from orchestrator.lab.dataplane.internet.internet import GATEWAY, Holding, Internet
from orchestrator.lab.dataplane.namespaces import Namespace
from orchestrator.lab.dataplane.nft import (
    ACCEPT,
    Chain,
    RuleSockets,
    State,
    Statement,
    destination_is,
    in_state,
    mark_by_interface_group,
    marked,
    source_is,
    source_to,
    source_to_one_of,
    to_interface,
)
from orchestrator.lab.dataplane.packet_queue import FirstPacket, PacketQueue
from orchestrator.lab.dataplane.routing import Method, NextHop, Route
from orchestrator.lab.dataplane.security_rules import allows_outbound
from orchestrator.lab.dataplane.world import Cluster, Node, Segment, Vnet

MACHINE_GATEWAY = "169.254.1.1"
PROTOCOLS = {1: "ICMP", 6: "TCP", 17: "UDP"}
_FIRST_TABLE = 1000
_DNS_PRIORITY, _SEGMENT_PRIORITY = 50, 100
_MANGLE, _SOURCE_NAT = -150, 100


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
    """The router of one virtual network, and the machines behind it."""

    vnet: Vnet
    tools: Tools
    number: int
    namespace: Namespace = field(init=False)
    uplink: int = field(init=False)
    outside: int = field(init=False)
    machines: dict[str, Machine] = field(default_factory=dict)
    pods: dict[tuple[str, int], Namespace] = field(default_factory=dict)
    nodes: dict[tuple[str, int], Namespace] = field(default_factory=dict)
    _segments: list[Segment] = field(default_factory=list)
    _prepared: int = 0
    _routes: dict[int, tuple[str, ...]] = field(default_factory=dict)
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
        self.set_routing(self.vnet)

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
        """Take over routes, outbound methods and security groups; machines stay."""
        self.vnet = vnet
        members = {node.address: node.segment for cluster in vnet.clusters for node in cluster.nodes}
        members.update({firewall.address: firewall.segment for firewall in vnet.firewalls})
        self._segments = list(dict.fromkeys(members.values()))
        for address, segment in members.items():
            self.namespace.set_group(self.machines[address].index, self._segments.index(segment) + 1)
        for number in range(self._prepared + 1, len(self._segments) + 1):
            self.namespace.add_rule(_SEGMENT_PRIORITY, _FIRST_TABLE + number, mark=number)
        self._prepared = max(self._prepared, len(self._segments))
        for number, segment in enumerate(self._segments, start=1):
            self._set_routes(number, segment)
        for firewall in vnet.firewalls:
            for address in firewall.addresses:
                self.namespace.add_route(f"{address}/32", index=self.machines[firewall.address].index, via=firewall.address)
        self.namespace.commit()
        self.tools.rules.replace_table(self.namespace, "lab", self._chains())

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
        match route.next_hop:
            case NextHop.VNET_LOCAL:
                self.namespace.add_route(route.prefix, kind="throw", table=table)
            case NextHop.APPLIANCE if appliance is not None:
                self.namespace.add_route(route.prefix, index=appliance.index, via=appliance.address, table=table)
            case NextHop.INTERNET if segment.outbound.method is not Method.NONE:
                self.namespace.add_route(route.prefix, index=self.uplink, via=GATEWAY, table=table)
            case _:
                self.namespace.add_route(route.prefix, kind="blackhole", table=table)

    def _chains(self) -> Sequence[Chain]:
        mangle: list[tuple[Statement, ...]] = [(mark_by_interface_group(),)]
        if any(segment.security for segment in self._segments):
            mangle.append((destination_is(AZURE_DNS), ACCEPT))
            mangle += [(in_state(State.NEW), marked(n), self.tools.queue) for n, segment in enumerate(self._segments, start=1) if segment.security]
            self._start_queue()
        nat: list[tuple[Statement, ...]] = [(to_interface(self.uplink), destination_is(AZURE_DNS), source_to(self.address))]
        for number, segment in enumerate(self._segments, start=1):
            if segment.outbound.method is not Method.OWN:
                nat += source_to_one_of((to_interface(self.uplink), marked(number)), segment.outbound.addresses, random=False)
        return [Chain("mark", "filter", "prerouting", _MANGLE, tuple(mangle)), Chain("out", "nat", "postrouting", _SOURCE_NAT, tuple(nat))]

    def _start_queue(self) -> None:
        if self._queue is None:
            self._queue = PacketQueue(self.namespace, self._judge)

    def _judge(self, packet: FirstPacket) -> int | None:
        """Network security groups: the mark that the packet had is the segment's number, and it keeps it."""
        flow = Flow(PROTOCOLS.get(packet.protocol, "OTHER"), packet.source, packet.destination, packet.destination_port)
        segment = self._segments[packet.mark - 1]
        return packet.mark if allows_outbound(segment.security, flow) else None


def _masquerade(node: Node, machine: Machine) -> Chain:
    """What ip-masq-agent does: a pod leaves what is inside with the node's address."""
    outside = tuple(destination_is(prefix, negated=True) for prefix in node.inside)
    rule = (to_interface(machine.own_index), source_is(node.pod_address), *outside, source_to(node.address))
    return Chain("masquerade", "nat", "postrouting", _SOURCE_NAT, (rule,))
