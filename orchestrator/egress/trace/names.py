"""Resolving a name, before any rule is asked: which resolver the network has, whether it answers, and whether the firewall comes to the same addresses.

Of several servers the first that answers at all is believed, also where it says that there is no such name; one that is silent leaves it to the next.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from orchestrator.egress.addresses.matcher import Packet
from orchestrator.egress.addresses.ranges import AZURE_DNS_ADDRESS, ranges_of, read_pair
from orchestrator.egress.dispositions import Ending, Kind, conclude
from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.logic.truth import NOTHING_ASSUMED, Assumption
from orchestrator.egress.network.model import Network, VirtualNetwork
from orchestrator.egress.trace.appliances import find_appliance
from orchestrator.egress.trace.branch import Branch, Question
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.egress.trace.security import follow_outbound
from orchestrator.model.flows import Outcome
from orchestrator.model.resources import is_expression

AskServer = Callable[[str], Sequence[Ending]]


@dataclass(frozen=True, slots=True)
class Resolution:
    """A way on, or an ending. `agrees`: client and firewall come to the same addresses; `silent`: the server gave no answer."""

    branch: Branch
    agrees: bool = False
    ending: Ending | None = None
    silent: bool = False


def resolve_name(question: Question, branch: Branch, ask_server: AskServer) -> Iterator[Resolution]:
    """What becomes of the look-up. `ask_server`: the endings of a DNS request to an address."""
    network = question.network.network_of(branch.start.subnet)
    servers = network.dns_servers if network is not None else ()
    yield from _by_servers(question, branch, network, servers or (AZURE_DNS_ADDRESS,), ask_server)


def _by_servers(question: Question, branch: Branch, network: VirtualNetwork | None, servers: Sequence[str], ask_server: AskServer) -> Iterator[Resolution]:
    for resolution in _by_one(question, branch, network, servers[0], ask_server):
        if resolution.silent and len(servers) > 1:
            yield from _by_servers(question, resolution.branch, network, servers[1:], ask_server)
        else:
            yield resolution


def _by_one(question: Question, branch: Branch, network: VirtualNetwork | None, server: str, ask_server: AskServer) -> Iterator[Resolution]:
    if server == AZURE_DNS_ADDRESS:
        yield _answered(question, branch, network, Hop(Step.NAME, branch.start.subnet.network_id, "Azure's own resolver answers"))
        return
    found = find_appliance(question.network, network, server)
    if found.firewall is not None:
        yield from _by_firewall(question, branch.then(_server_hop(server, network), found.assumptions), found.firewall)
    elif found.lost is not None:
        yield _is_silent(branch.then(Hop(Step.NAME, "", found.lost), found.assumptions))
    elif not _is_address(server):
        what = "is known only to the deployment" if is_expression(server) else "is no address"
        yield _fails(branch.unknown(f"the DNS server {what}: {server[:120]}"), branch)
    else:
        yield _by_server(question, branch, network, server, ask_server)


def _is_address(server: str) -> bool:
    """One address: neither a name, nor a range, nor an expression."""
    pair = read_pair(server)
    return pair is not None and pair[0] == pair[1] and "/" not in server


def _server_hop(server: str, network: VirtualNetwork | None) -> Hop:
    return Hop(Step.NAME, network.id if network is not None else "", f"the network's DNS server is {server}")


def _is_silent(branch: Branch) -> Resolution:
    return Resolution(branch, False, branch.ends(Kind.DNS_FAILURE, Outcome.DNS_FAILURE), silent=True)


def _fails(ending: Ending, branch: Branch) -> Resolution:
    return Resolution(branch, False, ending)


def _answered(question: Question, branch: Branch, network: VirtualNetwork | None, hop: Hop, *, agrees: bool = False) -> Resolution:
    """The resolver answers: what exists in the world, unless a private zone that is linked to its network may know better."""
    destination = question.destination
    after = branch.then(hop, destination.assumptions)
    zone = _find_zone(network, destination.host or "")
    if zone is not None:
        return _fails(after.unknown(f"the private DNS zone {zone} may answer with a private endpoint"), after)
    if not destination.exists:
        return _fails(after.ends(Kind.DNS_FAILURE, Outcome.DNS_FAILURE), after)
    return Resolution(after, agrees)


def _find_zone(network: VirtualNetwork | None, host: str) -> str | None:
    for zone in network.zones if network is not None else ():
        if any(host == public or host.endswith(f".{public}") for public in _public_names(zone)):
            return zone
    return None


def _public_names(zone: str) -> tuple[str, ...]:
    """What a private zone answers for; vaults go by another name: learn.microsoft.com/azure/private-link/private-endpoint-dns."""
    public = zone.removeprefix("privatelink.")
    return (public, f"vault.{public.removeprefix('vaultcore.')}") if public.startswith("vaultcore.") else (public,)


def _by_firewall(question: Question, branch: Branch, firewall: Firewall) -> Iterator[Resolution]:
    if firewall.dns_proxy is None:
        yield _fails(branch.unknown(f"whether the DNS proxy of {firewall.name} is on is not known"), branch)
        return
    if not firewall.dns_proxy:
        yield _is_silent(branch.then(Hop(Step.NAME, firewall.id, f"{firewall.name} does not answer: its DNS proxy is off")))
        return
    server = Packet(ranges_of(firewall.private_address)) if firewall.private_address is not None else branch.start.packet
    for passes, after in follow_outbound(question, branch, server, protocol="udp", port=53):
        if not passes:
            yield _is_silent(after)
            continue
        home = _home(question.network, firewall)
        hop = Hop(Step.NAME, firewall.id, f"the DNS proxy of {firewall.name} answers")
        assumptions = _upstream(firewall.dns_servers)
        resolution = _answered(question, after, home, hop, agrees=True)
        yield Resolution(resolution.branch.then(hop, assumptions), True, resolution.ending) if assumptions and resolution.ending is None else resolution


def _home(network: Network, firewall: Firewall) -> VirtualNetwork | None:
    return network.networks.get((firewall.subnet_id or "").rsplit("/", 2)[0].lower())


def _upstream(servers: tuple[str, ...]) -> frozenset[Assumption]:
    own = [server for server in servers if server != AZURE_DNS_ADDRESS]
    return frozenset((_trusts(own[0]),)) if own else NOTHING_ASSUMED


def _trusts(server: str) -> Assumption:
    return Assumption("custom-dns", f"the DNS server {server} answers public names as the internet does")


def _by_server(question: Question, branch: Branch, network: VirtualNetwork | None, server: str, ask_server: AskServer) -> Resolution:
    """A DNS server of the user's: the request has to reach it, and what it answers is assumed to be what the world knows."""
    asked = conclude(ask_server(server))
    after = branch.then(_server_hop(server, network), frozenset((*asked.assumptions, _trusts(server))))
    if asked.allowed is None:
        return _fails(after.unknown(f"whether the DNS server {server} is reached is not known: {'; '.join(asked.reasons)}"), after)
    if not asked.allowed:
        return _is_silent(after.then(Hop(Step.NAME, branch.start.subnet.id, f"the DNS server is not reached: {asked}")))
    return _answered(question, after, network, Hop(Step.NAME, branch.start.subnet.id, f"the DNS server {server} answers"))
