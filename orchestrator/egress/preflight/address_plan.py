"""Addresses: ranges that Azure or AKS keeps, overlaps, the sizes of subnets against nodes, pods and surge."""

from collections.abc import Iterator
from itertools import pairwise

from orchestrator.catalog.reserved_ranges import DEFAULT_POD_CIDR, DEFAULT_SERVICE_CIDR, RESERVED_RANGES, RESERVED_SOURCE
from orchestrator.egress.addresses.ranges import AddressRanges, Relation, ranges_of, read_pair
from orchestrator.egress.capacity.nodes import surge_nodes
from orchestrator.egress.network.clusters import network_profile
from orchestrator.egress.network.model import Cluster, Network, Pool, Subnet, VirtualNetwork
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.json_value import Json

SOURCE = "https://learn.microsoft.com/azure/aks/concepts-network-cni-overview"
FIREWALL_SOURCE = "https://learn.microsoft.com/azure/firewall/firewall-faq"
VNET_SOURCE = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq"
_RANGES_REMEDY = "Take ranges that nothing else in the network or its peers uses."
_DNS_REMEDY = "Take an address of the service range, not its first."
_KEPT = 5
_FIREWALL_SIZE = 64
_DEFAULT_PODS = 30
_FIREWALL_SUBNETS = ("azurefirewallsubnet", "azurefirewallmanagementsubnet")


def check_addresses(network: Network) -> Iterator[Finding]:
    """Everything about addresses: networks, firewalls' subnets, clusters."""
    for one in network.networks.values():
        yield from _check_subnets(one)
        yield from _check_peers(network, one)
    yield from _check_firewall_subnets(network)
    for cluster in network.clusters.values():
        yield from _check_cluster_ranges(network, cluster)
        yield from _check_sizes(network, cluster)


def _check_subnets(one: VirtualNetwork) -> Iterator[Finding]:
    for subnet in one.subnets:
        if one.ranges and subnet.ranges and subnet.ranges.relation(one.ranges) is not Relation.INSIDE:
            text = f"the subnet {subnet.name} ({subnet.ranges}) does not lie in the network {one.name} ({one.ranges})"
            yield Finding("NetcfgInvalidSubnet", Severity.ERROR, text, subnet.id, "Take a range inside the network's address space.", VNET_SOURCE)
    ordered = sorted((subnet for subnet in one.subnets if subnet.ranges), key=lambda subnet: subnet.ranges.lows)
    for left, right in pairwise(ordered):
        if left.ranges.relation(right.ranges) is not Relation.APART or right.ranges.relation(left.ranges) is not Relation.APART:
            text = f"the subnets {left.name} ({left.ranges}) and {right.name} ({right.ranges}) overlap"
            yield Finding("NetcfgSubnetRangesOverlap", Severity.ERROR, text, one.id, "Give each subnet a range of its own.", VNET_SOURCE)


def _check_peers(network: Network, one: VirtualNetwork) -> Iterator[Finding]:
    for peering in one.peerings:
        remote = network.networks.get(peering.remote_id.lower())
        if remote is not None and one.id.lower() < remote.id.lower() and _overlap(one.ranges, remote.ranges):
            text = f"the peered networks {one.name} ({one.ranges}) and {remote.name} ({remote.ranges}) overlap (Azure's code not known)"
            yield Finding("PeeredAddressSpacesOverlap", Severity.ERROR, text, one.id, "Networks that are peered need ranges of their own.", VNET_SOURCE)
        if peering.mutual is False:
            text = f"the peering {peering.name} of {one.name} has no counterpart in {remote.name if remote else peering.remote_id}, so nothing passes it"
            yield Finding("PeeringOneSided", Severity.WARNING, text, one.id, "Make the peering in the other network too.", VNET_SOURCE)


def _check_firewall_subnets(network: Network) -> Iterator[Finding]:
    for firewall in network.firewalls.values():
        subnet = network.subnet(firewall.subnet_id)
        if subnet is None:
            continue
        if subnet.name.lower() not in _FIREWALL_SUBNETS:
            text = f"the firewall {firewall.name} stands in the subnet {subnet.name} (Azure's code not known)"
            yield Finding("FirewallSubnetName", Severity.ERROR, text, subnet.id, "The subnet must be called AzureFirewallSubnet.", FIREWALL_SOURCE)
        if subnet.ranges and subnet.ranges.size < _FIREWALL_SIZE:
            text = f"the subnet of the firewall {firewall.name} is {subnet.ranges}, smaller than /26 (Azure's code not known)"
            yield Finding("FirewallSubnetTooSmall", Severity.ERROR, text, subnet.id, "Give it a /26 or more.", FIREWALL_SOURCE)
        if subnet.security_group_id is not None:
            text = f"the subnet of the firewall {firewall.name} has a network security group (Azure's code not known)"
            yield Finding("FirewallSubnetSecurityGroup", Severity.ERROR, text, subnet.id, "Take the group off: Azure allows none there.", FIREWALL_SOURCE)


def _check_cluster_ranges(network: Network, cluster: Cluster) -> Iterator[Finding]:
    profile = network_profile(cluster.resource)
    service = _read(profile.get("serviceCidr")) or ranges_of(DEFAULT_SERVICE_CIDR)
    own = [("service", service)]
    if cluster.overlay:
        own.append(("pod", _read(profile.get("podCidr")) or ranges_of(DEFAULT_POD_CIDR)))
    networks = _networks_of(network, cluster)
    for name, ranges in (*((f"{kind} range", ranges) for kind, ranges in own), *((f"network {here.name}", here.ranges) for here in networks)):
        for reserved in RESERVED_RANGES:
            if _overlap(ranges, ranges_of(reserved)):
                text = f"the {name} of {cluster.name} ({ranges}) overlaps {reserved}, which AKS keeps (Azure's code not known)"
                yield Finding("ReservedAddressRange", Severity.ERROR, text, cluster.id, "Take another range.", RESERVED_SOURCE)
    if len(own) > 1 and _overlap(service, own[1][1]):
        text = f"the pod range of {cluster.name} ({own[1][1]}) overlaps its service range ({service})"
        yield Finding("PodCidrOverlapServiceCidr", Severity.ERROR, text, cluster.id, _RANGES_REMEDY, SOURCE)
    for kind, ranges in own:
        yield from _check_against_networks(network, cluster, kind, ranges)
    yield from _check_dns_address(cluster, service, _read(profile.get("dnsServiceIP")))


def _check_against_networks(network: Network, cluster: Cluster, kind: str, ranges: AddressRanges) -> Iterator[Finding]:
    """A subnet that a range overlaps is refused; the rest of the network and its peers are documented as forbidden, and not refused."""
    what = f"the {kind} range of {cluster.name} ({ranges})"
    managed = [cluster.managed_subnet] if cluster.managed_subnet is not None else []
    for subnet in (*managed, *(subnet for here in _networks_of(network, cluster) for subnet in here.subnets)):
        if _overlap(ranges, subnet.ranges):
            text = f"{what} overlaps the subnet {subnet.name} ({subnet.ranges})"
            yield Finding(f"{kind.capitalize()}CidrOverlapExistingSubnetsCidr", Severity.ERROR, text, cluster.id, _RANGES_REMEDY, SOURCE)
            return
    for here in _networks_of(network, cluster):
        peers = [remote for peering in here.peerings if (remote := network.networks.get(peering.remote_id.lower())) is not None]
        for one in (here, *peers):
            if _overlap(ranges, one.ranges):
                text = f"{what} overlaps the network {one.name} ({one.ranges}): AKS takes it where no subnet is there, and what is in both is not reached"
                yield Finding(f"{kind.capitalize()}CidrOverlapsNetwork", Severity.WARNING, text, cluster.id, _RANGES_REMEDY, SOURCE)


def _check_dns_address(cluster: Cluster, service: AddressRanges, dns: AddressRanges | None) -> Iterator[Finding]:
    if dns is None:
        return
    if dns.relation(service) is not Relation.INSIDE:
        text = f"dnsServiceIP of {cluster.name} ({dns}) lies outside the service range {service}"
        yield Finding("DnsServiceIpOutOfServiceCidr", Severity.ERROR, text, cluster.id, _DNS_REMEDY, SOURCE)
    elif dns.lows[0] == service.lows[0] + 1:
        text = f"dnsServiceIP of {cluster.name} ({dns}) is the first address of the service range {service}, which is the API server's"
        yield Finding("DnsServiceIpConflicting", Severity.ERROR, text, cluster.id, _DNS_REMEDY, SOURCE)


def _networks_of(network: Network, cluster: Cluster) -> list[VirtualNetwork]:
    subnets = [network.subnet(pool.subnet_id) for pool in cluster.pools if pool.subnet_id is not None]
    found = {one.id: one for subnet in subnets if subnet is not None and (one := network.network_of(subnet)) is not None}
    return list(found.values())


def _check_sizes(network: Network, cluster: Cluster) -> Iterator[Finding]:
    """Addresses that the pools of each subnet need, now and at the most."""
    needs: dict[str, tuple[Subnet, int, int]] = {}
    for pool in cluster.pools:
        for subnet, now, most in _needs(network, cluster, pool):
            _, before_now, before_most = needs.get(subnet.id.lower(), (subnet, 0, 0))
            needs[subnet.id.lower()] = (subnet, before_now + now, before_most + most)
    for subnet, now, most in needs.values():
        usable = subnet.ranges.size - _KEPT
        if not subnet.ranges or most <= usable:
            continue
        code, severity = ("InsufficientSubnetSize", Severity.ERROR) if now > usable else ("SubnetMayRunOut", Severity.WARNING)
        text = f"the subnet {subnet.name} has {usable} usable addresses; {cluster.name} needs {now} at its creation, and {most} at the most, surge included"
        yield Finding(code, severity, text, subnet.id, "Take a larger subnet, fewer pods a node (maxPods), or Azure CNI overlay.", SOURCE)


def _needs(network: Network, cluster: Cluster, pool: Pool) -> Iterator[tuple[Subnet, int, int]]:
    nodes, most = pool.count, pool.max_count + surge_nodes(pool)
    subnet = network.subnet(pool.subnet_id)
    pod_subnet = network.subnet(pool.pod_subnet_id)
    pods = 0 if cluster.overlay else pool.max_pods or _DEFAULT_PODS
    if subnet is not None:
        each = 1 + (pods if pod_subnet is None else 0)
        yield subnet, nodes * each, most * each
    if pod_subnet is not None:
        yield pod_subnet, nodes * pods, most * pods


def _read(text: Json) -> AddressRanges | None:
    return ranges_of(text) if read_pair(text) is not None else None


def _overlap(left: AddressRanges, right: AddressRanges) -> bool:
    return left.relation(right) is not Relation.APART
