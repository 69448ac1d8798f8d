"""Which features a cluster has, told from its body: they decide which required endpoints it needs."""

from collections.abc import Iterator

from orchestrator.egress.addresses.ranges import AZURE_DNS_ADDRESS
from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.model.resources import Resource, is_expression

EXTENSION_TYPES = ("Microsoft.KubernetesConfiguration/extensions", "Microsoft.KubernetesConfiguration/fluxConfigurations")

FLUX_CONFIGURATION = "fluxConfigurations"
_EXTENSION_FEATURES = {"microsoft.flux": "flux", "microsoft.dapr": "dapr"}
_MONITORING = ("container-insights", "prometheus", "app-monitoring")

_SWITCHES: tuple[tuple[str, str], ...] = (
    ("container-insights", "addonProfiles.omsagent.enabled"),
    ("container-insights", "addonProfiles.omsAgent.enabled"),
    ("container-insights", "azureMonitorProfile.containerInsights.enabled"),
    ("prometheus", "azureMonitorProfile.metrics.enabled"),
    ("app-monitoring", "azureMonitorProfile.appMonitoring.autoInstrumentation.enabled"),
    ("policy", "addonProfiles.azurepolicy.enabled"),
    ("policy", "addonProfiles.azurePolicy.enabled"),
    ("keyvault", "addonProfiles.azureKeyvaultSecretsProvider.enabled"),
    ("agic", "addonProfiles.ingressApplicationGateway.enabled"),
    ("defender", "securityProfile.defender.securityMonitoring.enabled"),
    ("workload-identity", "securityProfile.workloadIdentity.enabled"),
    ("cost", "metricsProfile.costAnalysis.enabled"),
    ("image-cleaner", "securityProfile.imageCleaner.enabled"),
    ("private", "apiServerAccessProfile.enablePrivateCluster"),
    ("vnet-integration", "apiServerAccessProfile.enableVnetIntegration"),
)
"""(feature, where the cluster's properties say it)."""


def find_features(network: Network, cluster: Cluster) -> dict[str, bool]:
    """Feature -> True where the cluster has it, False where it may have it (the switch is known only to the deployment)."""
    found = {"base": True, "os-updates": True}
    for feature, path in _SWITCHES:
        value = value_at(cluster.resource.properties, path)
        if value is True or is_expression(value):
            found[feature] = found.get(feature, False) or value is True
    found |= dict.fromkeys(_of_pools(cluster), True)
    found |= dict.fromkeys(_of_extensions(network, cluster), True)
    for feature in _MONITORING:
        if feature in found:
            found["monitor"] = found.get("monitor", False) or found[feature]
    if custom_dns_servers(network, cluster):
        found["custom-dns"] = True
    source = value_at(cluster.resource.properties, "bootstrapProfile.artifactSource")
    if str(source).lower() == "cache" or is_expression(source):
        found["isolated"] = not is_expression(source)
    return found


def custom_dns_servers(network: Network, cluster: Cluster) -> tuple[str, ...]:
    """The DNS servers that the cluster's networks name, Azure's own excepted."""
    subnets = [network.subnet(pool.subnet_id) for pool in cluster.pools if pool.subnet_id is not None]
    networks = [here for subnet in subnets if subnet is not None and (here := network.network_of(subnet)) is not None]
    return tuple(dict.fromkeys(server for here in networks for server in here.dns_servers if server != AZURE_DNS_ADDRESS))


def _of_pools(cluster: Cluster) -> Iterator[str]:
    if any(pool.os.lower() == "windows" for pool in cluster.pools):
        yield "windows"
    if any(pool.vm_size.lower().startswith("standard_n") for pool in cluster.pools):
        yield "gpu"


def _of_extensions(network: Network, cluster: Cluster) -> Iterator[str]:
    for extension in extensions_of(network, cluster):
        yield "extensions"
        if extension.type.rsplit("/", 1)[-1] == FLUX_CONFIGURATION:
            yield "flux"
        kind = str(extension.properties.get("extensionType", "")).lower()
        if kind in _EXTENSION_FEATURES:
            yield _EXTENSION_FEATURES[kind]


def extensions_of(network: Network, cluster: Cluster) -> Iterator[Resource]:
    """The extensions and Flux configurations of a cluster: resources below its id."""
    prefix = f"{cluster.id.lower()}/"
    return (one for kind in EXTENSION_TYPES for one in network.resources.of_type(kind) if one.id.lower().startswith(prefix))
