"""What an AKS cluster has to reach in the cloud that 21Vianet operates in China: the page's own rows, and those that it shares with the public cloud."""

from dataclasses import replace

from orchestrator.catalog.required_endpoint import RequiredEndpoint, boot, boot_if_not_cached, https, optional
from orchestrator.catalog.required_public import PUBLIC

SOURCE = "https://docs.azure.cn/aks/outbound-rules-control-egress"
_TUNNEL = "tunnel to the control plane, where there is no konnectivity agent"

_OWN = (
    boot(https("base", "*.hcp.{location}.cx.prod.service.azk8s.cn", "nodes talk to the API server", "sample.hcp.{location}.cx.prod.service.azk8s.cn"), 51),
    https("base", "*.tun.{location}.cx.prod.service.azk8s.cn", "the tunnel to the control plane", "sample.tun.{location}.cx.prod.service.azk8s.cn"),
    boot_if_not_cached(https("base", "*.azk8s.cn", "binaries and images", "mirror.azk8s.cn"), 41),
    boot(https("base", "mcr.azure.cn", "images of Microsoft's registry in China"), 50),
    https("base", "management.chinacloudapi.cn", "Kubernetes operations against Azure Resource Manager"),
    https("base", "login.chinacloudapi.cn", "sign-in with Microsoft Entra ID"),
    optional(RequiredEndpoint("legacy-tunnel", "service-tag", "AzureCloud.{location}", "tcp", 22, _TUNNEL)),
)

_SHARED_FEATURES = frozenset({"legacy-tunnel", "legacy-ntp", "custom-dns", "apiserver-ip", "os-updates"})
_SHARED_HOSTS = frozenset({"mcr.microsoft.com", "*.data.mcr.microsoft.com", "packages.microsoft.com"})

CHINA: tuple[RequiredEndpoint, ...] = (
    *_OWN,
    *(replace(row, phase="run", exit_code=None) for row in PUBLIC if row.feature == "base" and row.host in _SHARED_HOSTS),
    *(row for row in PUBLIC if row.feature in _SHARED_FEATURES),
)
