"""Which features a cluster has, told from its body: they decide which required endpoints it needs."""

from collections.abc import Iterator

from orchestrator.egress.addresses.ranges import AZURE_DNS_ADDRESS
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.model.json_value import Json
from orchestrator.model.resources import is_expression

EXTENSION_TYPES = ("Microsoft.KubernetesConfiguration/extensions", "Microsoft.KubernetesConfiguration/fluxConfigurations")

_SWITCHES: tuple[tuple[str, str], ...] = (
    ("monitor", "addonProfiles.omsagent.enabled"),
    ("monitor", "addonProfiles.omsAgent.enabled"),
    ("monitor", "azureMonitorProfile.metrics.enabled"),
    ("monitor", "azureMonitorProfile.containerInsights.enabled"),
    ("policy", "addonProfiles.azurepolicy.enabled"),
    ("policy", "addonProfiles.azurePolicy.enabled"),
    ("keyvault", "addonProfiles.azureKeyvaultSecretsProvider.enabled"),
    ("agic", "addonProfiles.ingressApplicationGateway.enabled"),
    ("defender", "securityProfile.defender.securityMonitoring.enabled"),
    ("workload-identity", "securityProfile.workloadIdentity.enabled"),
    ("cost", "metricsProfile.costAnalysis.enabled"),
    ("private", "apiServerAccessProfile.enablePrivateCluster"),
    ("vnet-integration", "apiServerAccessProfile.enableVnetIntegration"),
)
"""(feature, where the cluster's properties say it)."""


def find_features(network: Network, cluster: Cluster) -> dict[str, bool]:
    """Feature -> True where the cluster has it, False where it may have it (the switch is known only to the deployment)."""
    found = {"base": True, "os-updates": True}
    for feature, path in _SWITCHES:
        value = _value_at(cluster.resource.properties, path)
        if value is True or is_expression(value):
            found[feature] = found.get(feature, False) or value is True
    found |= dict.fromkeys(_of_pools(cluster), True)
    if _has_extensions(network, cluster):
        found["extensions"] = True
    if custom_dns_servers(network, cluster):
        found["custom-dns"] = True
    return found


def custom_dns_servers(network: Network, cluster: Cluster) -> tuple[str, ...]:
    """The DNS servers that the cluster's networks name, Azure's own excepted."""
    subnets = [network.subnet(pool.subnet_id) for pool in cluster.pools if pool.subnet_id is not None]
    networks = [here for subnet in subnets if subnet is not None and (here := network.network_of(subnet)) is not None]
    return tuple(dict.fromkeys(server for here in networks for server in here.dns_servers if server != AZURE_DNS_ADDRESS))


def _value_at(properties: Json, path: str) -> Json:
    value = properties
    for key in path.split("."):
        if is_expression(value):
            return value
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _of_pools(cluster: Cluster) -> Iterator[str]:
    if any(pool.os.lower() == "windows" for pool in cluster.pools):
        yield "windows"
    if any(pool.vm_size.lower().startswith("standard_n") for pool in cluster.pools):
        yield "gpu"


def _has_extensions(network: Network, cluster: Cluster) -> bool:
    prefix = f"{cluster.id.lower()}/"
    return any(one.id.lower().startswith(prefix) for kind in EXTENSION_TYPES for one in network.resources.of_type(kind))
