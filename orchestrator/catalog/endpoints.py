"""What an AKS cluster has to reach, as Azure documents it: literal rows, each with its source and the date of that source.

`{location}` stands for the region, `{apiServerAddress}` and `{customDnsAddress}` for addresses that only a cluster or its network has.
"""

from dataclasses import dataclass, replace
from typing import Literal

EndpointKind = Literal["fqdn", "wildcard", "service-tag", "address"]

SOURCE = "https://learn.microsoft.com/azure/aks/outbound-rules-control-egress"
DATE = "2026-06-18"


@dataclass(frozen=True, slots=True)
class RequiredEndpoint:
    """One documented destination. `protocol`: http, https, tcp or udp. `sample_host`: a name that a wildcard covers, for a probe."""

    feature: str
    kind: EndpointKind
    host: str
    protocol: str
    port: int
    why: str
    source: str = SOURCE
    date: str = DATE
    sample_host: str | None = None

    def at(self, location: str) -> "RequiredEndpoint":
        """The same row with `{location}` filled in."""
        sample = self.sample_host.replace("{location}", location) if self.sample_host is not None else None
        return replace(self, host=self.host.replace("{location}", location), sample_host=sample)


def _https(feature: str, host: str, why: str, sample_host: str | None = None) -> RequiredEndpoint:
    return RequiredEndpoint(feature, "wildcard" if "*" in host else "fqdn", host, "https", 443, why, sample_host=sample_host)


def _http(feature: str, host: str, why: str, sample_host: str | None = None) -> RequiredEndpoint:
    return RequiredEndpoint(feature, "wildcard" if "*" in host else "fqdn", host, "http", 80, why, sample_host=sample_host)


_BASE = (
    _https("base", "*.hcp.{location}.azmk8s.io", "nodes talk to the API server; not for a private cluster", "sample.hcp.{location}.azmk8s.io"),
    _https("base", "mcr.microsoft.com", "images of Microsoft's registry, and the nodes' own outbound check at boot"),
    _https("base", "*.data.mcr.microsoft.com", "the layers of those images", "westeurope.data.mcr.microsoft.com"),
    _https("base", "mcr-0001.mcr-msedge.net", "the content network of Microsoft's registry"),
    _https("base", "management.azure.com", "Kubernetes operations against Azure Resource Manager"),
    _https("base", "login.microsoftonline.com", "sign-in with Microsoft Entra ID"),
    _https("base", "packages.microsoft.com", "packages such as Moby, PowerShell and the Azure CLI"),
    _https("base", "acs-mirror.azureedge.net", "kubenet, Azure CNI and other binaries; to be replaced by packages.aks.azure.com"),
    _https("base", "packages.aks.azure.com", "replaces acs-mirror.azureedge.net"),
)

_NETWORK = (
    RequiredEndpoint("legacy-tunnel", "service-tag", "AzureCloud.{location}", "udp", 1194, "tunnel to the control plane, where there is no konnectivity agent"),
    RequiredEndpoint("legacy-tunnel", "service-tag", "AzureCloud.{location}", "tcp", 9000, "tunnel to the control plane, where there is no konnectivity agent"),
    RequiredEndpoint("legacy-ntp", "fqdn", "ntp.ubuntu.com", "udp", 123, "time, on nodes made before March 2021"),
    RequiredEndpoint("custom-dns", "address", "{customDnsAddress}", "udp", 53, "the network's own DNS servers"),
    RequiredEndpoint("apiserver-ip", "address", "{apiServerAddress}", "tcp", 443, "pods that use the API server's address; not for a private cluster"),
    RequiredEndpoint("monitor", "service-tag", "AzureMonitor", "tcp", 443, "metrics and logs to Azure Monitor"),
)

_OS_UPDATES = (
    _http("os-updates", "security.ubuntu.com", "security patches of the node's system"),
    _http("os-updates", "azure.archive.ubuntu.com", "patches of the node's system"),
    _http("os-updates", "changelogs.ubuntu.com", "change logs of those patches"),
    _https("os-updates", "snapshot.ubuntu.com", "patches of the node's system"),
)

_GPU = (
    _https("gpu", "nvidia.github.io", "driver and container toolkit of GPU nodes"),
    _https("gpu", "us.download.nvidia.com", "driver of GPU nodes"),
    _https("gpu", "download.docker.com", "driver installation on GPU nodes"),
)

_WINDOWS = (
    _https("windows", "onegetcdn.azureedge.net", "Windows binaries"),
    _https("windows", "go.microsoft.com", "Windows binaries"),
    _http("windows", "*.mp.microsoft.com", "Windows updates", "sample.mp.microsoft.com"),
    _http("windows", "www.msftconnecttest.com", "Windows connection test"),
    _http("windows", "ctldl.windowsupdate.com", "Windows certificate trust lists"),
)

_ADD_ONS = (
    _https("workload-identity", "login.microsoftonline.com", "sign-in of workloads"),
    _https("defender", "login.microsoftonline.com", "sign-in of Microsoft Defender"),
    _https("defender", "*.ods.opinsights.azure.com", "Defender's security events", "sample.ods.opinsights.azure.com"),
    _https("defender", "*.oms.opinsights.azure.com", "Defender's sign-in to its workspace", "sample.oms.opinsights.azure.com"),
    _https("defender", "*.cloud.defender.microsoft.com", "Defender's cloud service", "sample.cloud.defender.microsoft.com"),
    _https("keyvault", "*.vault.azure.net", "secrets of Key Vault; the page says vault.azure.net, real vaults are names below it", "sample.vault.azure.net"),
    _https("policy", "data.policy.core.windows.net", "Azure Policy's assignments and results"),
    _https("policy", "store.policy.core.windows.net", "Azure Policy's constraint templates"),
    _https("policy", "dc.services.visualstudio.com", "Azure Policy's telemetry"),
    _https("cost", "management.azure.com", "cost analysis"),
    _https("cost", "login.microsoftonline.com", "cost analysis"),
)

_MONITOR = (
    _https("monitor", "*.ods.opinsights.azure.com", "logs to a workspace", "sample.ods.opinsights.azure.com"),
    _https("monitor", "*.oms.opinsights.azure.com", "sign-in to a workspace", "sample.oms.opinsights.azure.com"),
    _https("monitor", "dc.services.visualstudio.com", "the agent's telemetry"),
    _https("monitor", "*.in.applicationinsights.azure.com", "application telemetry", "sample.in.applicationinsights.azure.com"),
    _https("monitor", "*.monitoring.azure.com", "metrics", "sample.monitoring.azure.com"),
    _https("monitor", "login.microsoftonline.com", "sign-in of the agent"),
    _https("monitor", "global.handler.control.monitor.azure.com", "the agent's access control service"),
    _https("monitor", "{location}.handler.control.monitor.azure.com", "the agent's collection rules"),
    _https("monitor", "*.ingest.monitor.azure.com", "logs through a data collection endpoint", "sample.ingest.monitor.azure.com"),
    _https("monitor", "*.metrics.ingest.monitor.azure.com", "metrics of managed Prometheus", "sample.metrics.ingest.monitor.azure.com"),
)

_EXTENSIONS = (
    _https("extensions", "{location}.dp.kubernetesconfiguration.azure.com", "configuration of cluster extensions"),
    _https("extensions", "mcr.microsoft.com", "images of cluster extensions"),
    _https("extensions", "*.data.mcr.microsoft.com", "layers of those images", "westeurope.data.mcr.microsoft.com"),
    _https("extensions", "arcmktplaceprod.azurecr.io", "images of marketplace extensions"),
    _https("extensions", "arcmktplaceprod.centralindia.data.azurecr.io", "layers of marketplace extensions"),
    _https("extensions", "arcmktplaceprod.japaneast.data.azurecr.io", "layers of marketplace extensions"),
    _https("extensions", "arcmktplaceprod.westus2.data.azurecr.io", "layers of marketplace extensions"),
    _https("extensions", "arcmktplaceprod.westeurope.data.azurecr.io", "layers of marketplace extensions"),
    _https("extensions", "arcmktplaceprod.eastus.data.azurecr.io", "layers of marketplace extensions"),
    _https("extensions", "*.ingestion.msftcloudes.com", "the agent's metrics", "sample.ingestion.msftcloudes.com"),
    _https("extensions", "*.microsoftmetrics.com", "the agent's metrics", "sample.microsoftmetrics.com"),
    _https("extensions", "marketplaceapi.microsoft.com", "marketplace metering"),
)

_BY_CLOUD = {"public": (*_BASE, *_NETWORK, *_OS_UPDATES, *_GPU, *_WINDOWS, *_ADD_ONS, *_MONITOR, *_EXTENSIONS)}


def required_endpoints(cloud: str = "public") -> tuple[RequiredEndpoint, ...]:
    """All documented destinations of a cloud; ValueError for a cloud whose list is not here."""
    if cloud not in _BY_CLOUD:
        raise ValueError(f"no list of required endpoints for the cloud {cloud!r}; there is one for: {', '.join(_BY_CLOUD)}")
    return _BY_CLOUD[cloud]
