"""What an AKS cluster has to reach in the cloud that 21Vianet operates in China: the page's own rows, and those that it shares with the public cloud."""

from dataclasses import replace

from orchestrator.catalog.required_endpoint import RequiredEndpoint, boot, boot_if_not_cached, https, optional
from orchestrator.catalog.required_public import PUBLIC

VAULTS = "https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates"
_TUNNEL = "tunnel to the control plane, where there is no konnectivity agent"
_RETIRED = "Defender was retired in this cloud on 2026-08-18, and what is left of it"

_BASE = (
    boot(https("base", "*.hcp.{location}.cx.prod.service.azk8s.cn", "nodes talk to the API server", "sample.hcp.{location}.cx.prod.service.azk8s.cn"), 51),
    https("base", "*.tun.{location}.cx.prod.service.azk8s.cn", "the tunnel to the control plane", "sample.tun.{location}.cx.prod.service.azk8s.cn"),
    boot_if_not_cached(https("base", "*.azk8s.cn", "binaries and images", "mirror.azk8s.cn"), 41),
    boot(https("base", "mcr.azure.cn", "images of Microsoft's registry in China"), 50),
    https("base", "*.data.mcr.azure.cn", "the layers of those images", "chinanorth3.data.mcr.azure.cn"),
    https("base", "management.chinacloudapi.cn", "Kubernetes operations against Azure Resource Manager"),
    https("base", "login.chinacloudapi.cn", "sign-in with Microsoft Entra ID"),
    optional(RequiredEndpoint("legacy-tunnel", "service-tag", "AzureCloud.{location}", "tcp", 22, _TUNNEL)),
)

_ADD_ONS = (
    https("workload-identity", "login.chinacloudapi.cn", "sign-in of workloads"),
    https("defender", "login.microsoftonline.cn", f"sign-in; {_RETIRED}"),
    https("defender", "*.ods.opinsights.azure.cn", f"security events; {_RETIRED}", "sample.ods.opinsights.azure.cn"),
    https("defender", "*.oms.opinsights.azure.cn", f"sign-in to its workspace; {_RETIRED}", "sample.oms.opinsights.azure.cn"),
    replace(https("keyvault", "*.vault.azure.cn", "secrets of Key Vault", "sample.vault.azure.cn"), source=VAULTS),
    https("policy", "data.policy.azure.cn", "Azure Policy's assignments and results"),
    https("policy", "store.policy.azure.cn", "Azure Policy's constraint templates"),
    https("cost", "management.chinacloudapi.cn", "cost analysis"),
    https("cost", "login.microsoftonline.cn", "cost analysis"),
    https("agic", "management.chinacloudapi.cn", "the ingress controller of Application Gateway asks Azure Resource Manager"),
    https("agic", "login.chinacloudapi.cn", "sign-in of the ingress controller of Application Gateway"),
    https("image-cleaner", "mcr.azure.cn", "images of the image cleaner; what is not listed apart, the core requirements cover"),
)

_MONITOR = (
    https("monitor", "dc.services.visualstudio.com", "the agent's telemetry, which goes to the public cloud"),
    https("monitor", "global.handler.control.monitor.azure.cn", "the agent's access control service"),
    https("monitor", "{location}.handler.control.monitor.azure.cn", "the agent's collection rules"),
    https("container-insights", "*.ods.opinsights.azure.cn", "logs to a workspace", "sample.ods.opinsights.azure.cn"),
    https("container-insights", "*.oms.opinsights.azure.cn", "sign-in to a workspace", "sample.oms.opinsights.azure.cn"),
    https("container-insights", "*.ingest.monitor.azure.cn", "logs through a data collection endpoint", "sample.ingest.monitor.azure.cn"),
    https("prometheus", "*.metrics.ingest.monitor.azure.cn", "metrics of managed Prometheus", "sample.metrics.ingest.monitor.azure.cn"),
    https("app-monitoring", "*.in.applicationinsights.azure.com", "telemetry of instrumented applications", "sample.in.applicationinsights.azure.com"),
)

_SHARED_FEATURES = frozenset({"legacy-tunnel", "legacy-ntp", "custom-dns", "apiserver-ip", "os-updates", "gpu", "windows", "isolated", "vnet-integration"})
_SHARED_HOSTS = frozenset({"mcr.microsoft.com", "*.data.mcr.microsoft.com", "packages.microsoft.com"})

CHINA: tuple[RequiredEndpoint, ...] = (
    *_BASE,
    *(replace(row, phase="run", exit_code=None) for row in PUBLIC if row.feature == "base" and row.host in _SHARED_HOSTS),
    *(row for row in PUBLIC if row.feature in _SHARED_FEATURES),
    *_ADD_ONS,
    *_MONITOR,
)
"""The page names no endpoints of cluster extensions for this cloud."""
