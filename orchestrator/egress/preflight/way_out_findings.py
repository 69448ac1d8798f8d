"""What the way out itself shows: an outboundType that says something else than the path, and API server ranges that lack the address that nodes come with."""

from collections.abc import Iterator

from orchestrator.egress.addresses.ranges import AddressRanges, Relation, merge_ranges, ranges_of, read_pair
from orchestrator.egress.cluster_values import is_isolated
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name, texts
from orchestrator.egress.trace.flow import Origin
from orchestrator.egress.trace.leaving import Way, find_ways
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.json_value import Json
from orchestrator.model.resources import is_expression

_OUTBOUND_SOURCE = "https://learn.microsoft.com/azure/nat-gateway/nat-overview"
_RANGES_SOURCE = "https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges"
_RANGES_REMEDY = "Add the address to apiServerAccessProfile.authorizedIPRanges."


def check_ways_out(network: Network, cluster: Cluster) -> Iterator[Finding]:
    """All findings about a cluster's way out."""
    ways = find_ways(network, cluster, Origin.NODE)
    for way in ways:
        yield from _compare_type(network, cluster, way)
        if way.way is not None and way.way.kind is Kind.NO_SNAT and not is_isolated(cluster):
            text = f"the nodes of {cluster.name} have no way out: {way.way.hop.text}"
            yield Finding(
                "NoWayOut", Severity.ERROR, text, way.subnet.id, "Give the subnet a NAT gateway, or a default route to an appliance.", _OUTBOUND_SOURCE
            )
    yield from _check_authorized(network, cluster, ways)


def _compare_type(network: Network, cluster: Cluster, way: Way) -> Iterator[Finding]:
    kind = cluster.outbound_type
    if way.firewall is not None and kind not in ("userDefinedRouting", "none"):
        actual = f"the default route leads through the firewall {way.firewall.name}"
    elif way.firewall is None and way.way is not None and way.way.hop.resource_id.lower() in network.nat_gateways and kind == "loadBalancer":
        actual = f"the NAT gateway {last_name(way.way.hop.resource_id)} of the subnet {way.subnet.name} takes the traffic"
    elif way.firewall is not None and way.subnet.nat_gateway_id is not None:
        actual = f"the route wins over the NAT gateway {last_name(way.subnet.nat_gateway_id)} of the subnet {way.subnet.name}, whose addresses are never seen"
    else:
        return
    text = f"{cluster.name} has the outbound type {kind}, but {actual}: it leaves with {way.leaving}"
    yield Finding(
        "OutboundTypeDiffersFromPath",
        Severity.WARNING,
        text,
        cluster.id,
        "Expect the addresses of the path; change the outbound type to match.",
        _OUTBOUND_SOURCE,
    )


def _check_authorized(network: Network, cluster: Cluster, ways: tuple[Way, ...]) -> Iterator[Finding]:
    profile: Json = cluster.resource.properties.get("apiServerAccessProfile")
    said = texts(profile.get("authorizedIPRanges")) if isinstance(profile, dict) else ()
    if not said or not isinstance(profile, dict) or profile.get("enablePrivateCluster") is True or profile.get("enableVnetIntegration") is True:
        return
    ranges = merge_ranges(pair for text in said if (pair := read_pair(text)) is not None)
    hidden = [text for text in said if is_expression(text)]
    for way in ways:
        if way.way is not None and way.way.kind is Kind.EXITS_INTERNET and not _is_balancer(network, cluster, way):
            yield from _check_way(network, cluster, way, ranges, hidden)


def _is_balancer(network: Network, cluster: Cluster, way: Way) -> bool:
    """AKS itself adds the addresses of the load balancer that it makes."""
    by_gateway = way.way is not None and way.way.hop.resource_id.lower() in network.nat_gateways
    return cluster.outbound_type == "loadBalancer" and way.firewall is None and not by_gateway


def _check_way(network: Network, cluster: Cluster, way: Way, ranges: AddressRanges, hidden: list[str]) -> Iterator[Finding]:
    named = [resource for resource in way.leaving.resources if any(f"'{resource.lower()}'" in text.lower() for text in hidden)]
    missing = []
    for resource in way.leaving.resources:
        addresses = network.addresses.get(resource.lower(), ())
        covered = bool(addresses) and all(ranges_of(address).relation(ranges) is Relation.INSIDE for address in addresses)
        if not covered and resource not in named:
            missing.append(resource)
    for resource in missing:
        severity = Severity.UNKNOWN if hidden else Severity.ERROR
        text = f"the nodes of {cluster.name} reach the API server with the address of {last_name(resource)}, which is not among its authorized ranges"
        yield Finding("EgressAddressNotAuthorized", severity, f"{text} (Azure's code not known)", cluster.id, _RANGES_REMEDY, _RANGES_SOURCE)
    if not way.leaving.resources:
        text = f"{cluster.name} has authorized ranges, and the address of its nodes is not known: {way.leaving.unknown}"
        remedy = "Deploy without ranges first and add them then, or bring addresses of your own."
        yield Finding("EgressAddressNotKnown", Severity.WARNING, text, cluster.id, remedy, _RANGES_SOURCE)
