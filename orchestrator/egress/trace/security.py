"""What network security groups say of a flow: the subnet's, and those that AKS puts on the nodes' interfaces.

Rules by priority, then Azure's default rules. The tag VirtualNetwork holds the network, its peers, and the prefixes of a user's routes
(learn.microsoft.com/azure/virtual-network/service-tags-overview), so with a default route of the user's it may hold the internet too. A peer without virtual
network access is no part of it: only a rule of the user's own lets its packets pass (learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering),
here also where a subnet has no group.
"""

from collections.abc import Iterator

from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import NO_ADDRESSES, PUBLIC, AddressRanges, Relation, ranges_of
from orchestrator.egress.firewall.evaluate import L4_PROTOCOL
from orchestrator.egress.logic.truth import NO, Truth, all_of, choose_first, not_known
from orchestrator.egress.network.model import Network, SecurityGroup, SecurityRule, Subnet, VirtualNetwork
from orchestrator.egress.trace.branch import Branch, Question
from orchestrator.egress.trace.hops import Hop, Step

_BALANCER = ranges_of("168.63.129.16")


class _Tags:
    """Service tags as a security group of one subnet sees them."""

    def __init__(self, question: Question, subnet: Subnet) -> None:
        self.question = question
        table = question.network.route_tables.get((subnet.route_table_id or "").lower())
        self.own = near_addresses(question.network, subnet)
        self.local = self.own.union(*(route.matcher.ranges for route in table.routes)) if table is not None else self.own
        self.closed = closed_addresses(question.network, subnet)
        self.wide = table is not None and any(route.matcher.any for route in table.routes)

    def find(self, tag: str) -> AddressRanges | None:
        match tag.lower():
            case "virtualnetwork":
                return self.local
            case "internet":
                return PUBLIC.without(self.own)
            case "azureloadbalancer":
                return _BALANCER
            case _:
                return self.question.knowledge.tag(tag)

    def match(self, rule: SecurityRule, source: Packet, destination: Packet) -> Truth:
        found = all_of(rule.source.match(source, self.find), rule.destination.match(destination, self.find))
        if found is NO and self.wide and "virtualnetwork" in {tag.lower() for tag in rule.destination.tags} and rule.source.match(source, self.find) is not NO:
            return not_known(f"the tag VirtualNetwork of the rule {rule.name} may hold what the user's default route leads to")
        return found


def near_addresses(network: Network, subnet: Subnet) -> AddressRanges:
    """The addresses of a subnet's network, and of the networks that it is connected with and may access."""
    here = network.network_of(subnet)
    return here.ranges.union(*_peered(network, here, access=True)) if here is not None else subnet.ranges


def closed_addresses(network: Network, subnet: Subnet) -> AddressRanges:
    """The addresses of networks that a subnet's network is connected with, without virtual network access."""
    here = network.network_of(subnet)
    return NO_ADDRESSES.union(*_peered(network, here, access=False)) if here is not None else NO_ADDRESSES


def _peered(network: Network, here: VirtualNetwork, *, access: bool) -> Iterator[AddressRanges]:
    for peering in here.peerings:
        remote = network.networks.get(peering.remote_id.lower())
        if remote is not None and peering.mutual and peering.access is access:
            yield remote.ranges


def follow_outbound(question: Question, branch: Branch, destination: Packet, *, protocol: str, port: int) -> Iterator[tuple[bool, Branch]]:
    """(passes, the way) for every answer that is possible of the groups that a packet passes on its way out of its subnet."""
    subnet = branch.start.subnet
    ids = [group_id for group_id in (subnet.security_group_id, *question.flow.source.cluster.security_group_ids) if group_id is not None]
    yield from _follow_all(question, branch, subnet, list(dict.fromkeys(ids)), _Ends(branch.start.packet, destination, protocol, port, "outbound"))


def follow_inbound(question: Question, branch: Branch, subnet: Subnet, source: Packet) -> Iterator[tuple[bool, Branch]]:
    """The same for the group of the subnet that a packet is delivered to."""
    endpoint = question.flow.endpoint
    ids = [subnet.security_group_id] if subnet.security_group_id is not None else []
    yield from _follow_all(question, branch, subnet, ids, _Ends(source, question.destination.packet, endpoint.protocol, endpoint.port, "inbound"))


class _Ends:
    """The packet as a security group looks at it."""

    def __init__(self, source: Packet, destination: Packet, protocol: str, port: int, direction: str) -> None:
        self.source, self.destination, self.protocol, self.port, self.direction = source, destination, L4_PROTOCOL[protocol], port, direction
        self.far = destination if direction == "outbound" else source


def _follow_all(question: Question, branch: Branch, subnet: Subnet, group_ids: list[str], ends: _Ends) -> Iterator[tuple[bool, Branch]]:
    """Every group in turn; without one, Azure's own rules matter only for a peer without access."""
    if not group_ids and ends.far.space.relation(closed_addresses(question.network, subnet)) is Relation.INSIDE:
        text = f"the peering of the network of {subnet.name} is without virtual network access, and no rule of a security group opens it"
        yield False, branch.then(Hop(Step.SECURITY_GROUP, subnet.network_id, text))
        return
    yield from _follow(question, branch, subnet, group_ids, ends)


def _follow(question: Question, branch: Branch, subnet: Subnet, group_ids: list[str], ends: _Ends) -> Iterator[tuple[bool, Branch]]:
    if not group_ids:
        yield True, branch
        return
    group = question.network.security_groups.get(group_ids[0].lower())
    for allowed, after in _judge(question, branch, subnet, group, group_ids[0], ends):
        if allowed:
            yield from _follow(question, after, subnet, group_ids[1:], ends)
        else:
            yield False, after


def _judge(question: Question, branch: Branch, subnet: Subnet, group: SecurityGroup | None, group_id: str, ends: _Ends) -> Iterator[tuple[bool, Branch]]:
    absent = f"the network security group {group_id.rsplit('/', 1)[-1]} {question.network.absence(group_id)}"
    unknown = absent if group is None else group.unknown
    if group is None or unknown is not None:
        for allowed in (True, False):
            yield allowed, branch.then(Hop(Step.SECURITY_GROUP, group_id, str(unknown)), reasons=(str(unknown),))
        return
    tags = _Tags(question, subnet)
    rules = group.outbound if ends.direction == "outbound" else group.inbound
    for choice in choose_first(rules, lambda rule: _match(rule, ends, tags)):
        rule = choice.item
        allowed = rule.allow if rule is not None else _default(ends, tags)
        does = ("allows" if allowed else "denies") if rule is not None else ("allow" if allowed else "deny")
        name = rule.name if rule is not None else "Azure's default rules"
        hop = Hop(Step.SECURITY_GROUP, group.id, f"{group.name}: {name} {does} it")
        yield allowed, branch.then(hop, choice.assumptions, choice.reasons)


def _match(rule: SecurityRule, ends: _Ends, tags: _Tags) -> Truth:
    if rule.unknown is not None:
        return not_known(rule.unknown)
    if ends.protocol not in rule.protocols:
        return NO
    if not rule.ports.holds(ends.port):
        return not_known(f"a port of the rule {rule.name} is known only to the deployment") if rule.ports.unknown else NO
    return tags.match(rule, ends.source, ends.destination)


def _default(ends: _Ends, tags: _Tags) -> bool:
    """AllowVnetOutBound, AllowInternetOutBound, DenyAllOutBound; inbound: only what comes from the network, or from the load balancer."""
    if ends.far.space.relation(tags.closed) is Relation.INSIDE:
        return False
    allowed = tags.local if ends.direction == "inbound" else tags.local.union(PUBLIC, _BALANCER)
    return tags.wide or ends.far.space.relation(allowed) is Relation.INSIDE
