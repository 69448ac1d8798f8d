"""The rows of the catalog that one cluster needs, filled with what only the cluster, or its network, has."""

import re
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import IPv4Address

from orchestrator.catalog.endpoints import RequiredEndpoint, cloud_of, required_endpoints
from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.firewalls import FIRST_ASSIGNED
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.preflight.features import custom_dns_servers, extensions_of, find_features
from orchestrator.model.resources import is_expression

_NO_OUTBOUND_CHECK = frozenset({"none", "block"})
_API_SERVERS = ("*.hcp.", "*.tun.")
_REGISTRY_SUFFIX = {"public": "azurecr.io", "china": "azurecr.cn", "usgovernment": "azurecr.us"}
_HTTPS_GIT = re.compile(r"^https?://(?:[^@/]*@)?([^/:]+)", re.IGNORECASE)
_SSH_GIT = re.compile(r"^(?:ssh://)?(?:[^@/]*@)([^/:]+)", re.IGNORECASE)


def required_rows(network: Network, cluster: Cluster) -> Iterator[tuple[RequiredEndpoint, bool]]:
    """(row, whether the cluster surely has the row's feature), at the cluster's region."""
    features = find_features(network, cluster)
    for row in required_endpoints(cloud_of(cluster.location)):
        if row.feature in features and not _is_needless(row, features):
            for filled in _fill(network, cluster, row.at(cluster.location)):
                yield filled, features[row.feature]


def _is_needless(row: RequiredEndpoint, features: dict[str, bool]) -> bool:
    """A private or vnet-integrated API server is not reached by its public name; nodes of an isolated cluster load nothing of Microsoft's from the internet."""
    if row.host.startswith(_API_SERVERS):
        return features.get("private", False) or features.get("vnet-integration", False)
    return row.feature in ("base", "os-updates") and features.get("isolated", False)


def _fill(network: Network, cluster: Cluster, row: RequiredEndpoint) -> Iterator[RequiredEndpoint]:
    if row.feature == "custom-dns":
        yield from (replace(row, host=server) for server in custom_dns_servers(network, cluster) if not is_expression(server))
    elif row.host == "{apiServerSubnetAddress}":
        yield from _fill_api_server(network, cluster, row)
    elif row.host == "{gitHost}":
        yield from _fill_git(network, cluster, row)
    elif row.host == "{bootstrapRegistry}":
        yield from _fill_registry(cluster, row)
    elif row.exit_code == 50 and cluster.outbound_type in _NO_OUTBOUND_CHECK:
        yield replace(row, phase="run", exit_code=None)
    elif "{" not in row.host:
        yield row


def _fill_api_server(network: Network, cluster: Cluster, row: RequiredEndpoint) -> Iterator[RequiredEndpoint]:
    """The first address that Azure assigns in the subnet that was given to the API server; what AKS makes itself lets its own nodes in."""
    subnet = network.subnet(str(value_at(cluster.resource.properties, "apiServerAccessProfile.subnetId") or ""))
    if subnet is not None and subnet.ranges:
        yield replace(row, host=str(IPv4Address(subnet.ranges.lows[0] + FIRST_ASSIGNED)))


def _fill_git(network: Network, cluster: Cluster, row: RequiredEndpoint) -> Iterator[RequiredEndpoint]:
    """The host of each Flux configuration's repository: https, or SSH on port 22."""
    for one in extensions_of(network, cluster):
        url = str(value_at(one.properties, "gitRepository.url") or "")
        secure, shell = _HTTPS_GIT.match(url), _SSH_GIT.match(url)
        if is_expression(url):
            continue
        if secure is not None:
            yield replace(row, host=secure[1].lower())
        elif shell is not None:
            yield replace(row, host=shell[1].lower(), protocol="tcp", port=22)


def _fill_registry(cluster: Cluster, row: RequiredEndpoint) -> Iterator[RequiredEndpoint]:
    """A registry of one's own; one that AKS makes comes with its private endpoint."""
    registry = value_at(cluster.resource.properties, "bootstrapProfile.containerRegistryResourceId")
    if isinstance(registry, str) and registry and not is_expression(registry):
        yield replace(row, host=f"{last_name(registry).lower()}.{_REGISTRY_SUFFIX[cloud_of(cluster.location)]}")
