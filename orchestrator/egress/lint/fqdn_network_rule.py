"""FqdnNetworkRule: names in network rules where the firewall and its clients cannot come to the same addresses."""

from collections.abc import Iterator

from orchestrator.egress.firewall.firewall import Firewall
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.egress.network.model import Network, VirtualNetwork
from orchestrator.egress.network.routes import APPLIANCE
from orchestrator.egress.trace.appliances import find_appliance
from orchestrator.model.findings import Severity


def _look(subject: LintSubject) -> Iterator[Found]:
    firewall = subject.firewall
    rules = [rule for rule in firewall.rules.network if rule.fqdns]
    if not rules:
        return
    target, names = rules[0].place.resource_id, ", ".join(sorted({name for rule in rules for name in rule.fqdns})[:5])
    if firewall.tier.lower() == "basic":
        yield Found(Severity.ERROR, f"the firewall {firewall.name} is of the tier Basic, which has no DNS proxy, and its network rules name {names}", target)
    elif firewall.dns_proxy is False:
        yield Found(Severity.ERROR, f"network rules name {names}, but the DNS proxy of the firewall {firewall.name} is off", target)
    elif firewall.dns_proxy is None:
        yield Found(Severity.UNKNOWN, f"network rules name {names}, and whether the DNS proxy of {firewall.name} is on is not known", target)
    else:
        for network in _clients(subject.network, firewall):
            if not _asks(subject.network, network, firewall):
                yield Found(
                    Severity.WARNING, f"network rules name {names}, but {network.name} does not use the firewall {firewall.name} as its DNS server", network.id
                )


def _clients(network: Network, firewall: Firewall) -> Iterator[VirtualNetwork]:
    """The firewall's own network and those peered with it, where a subnet's routes lead to the firewall."""
    home = network.networks.get((firewall.subnet_id or "").rsplit("/", 2)[0].lower())
    keys = (home.id.lower(), *(peering.remote_id.lower() for peering in home.peerings)) if home is not None else ()
    for one in (network.networks[key] for key in dict.fromkeys(keys) if key in network.networks):
        hops = {route.next_hop for subnet in one.subnets for route in network.routes.get(subnet.id.lower(), ()) if route.kind == APPLIANCE}
        if any(found is not None and found.id == firewall.id for hop in hops if (found := find_appliance(network, one, hop).firewall) is not None):
            yield one


def _asks(network: Network, client: VirtualNetwork, firewall: Firewall) -> bool:
    found = (find_appliance(network, client, server).firewall for server in client.dns_servers)
    return any(one is not None and one.id == firewall.id for one in found)


RULE = LintRule(
    code="FqdnNetworkRule",
    what="A name in a network rule without DNS proxy, or with a network that does not ask the firewall.",
    why="A network rule compares addresses: it holds only where the client got its address from the firewall.",
    remedy="Switch the policy's DNS proxy on (dnsSettings.enableProxy), and set the network's dhcpOptions.dnsServers to the firewall's private address.",
    source="https://learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules",
    look=_look,
)
