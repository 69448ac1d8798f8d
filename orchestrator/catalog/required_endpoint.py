"""A row of the lists of required endpoints: what an AKS cluster has to reach, why, and when it is missed.

`{location}` stands for the region; `{apiServerAddress}`, `{apiServerSubnetAddress}`, `{customDnsAddress}`, `{gitHost}` and `{bootstrapRegistry}` for what
only a cluster, or its network, has. A feature is what a cluster has or has not: `FEATURES` says of each what switches it on.
"""

from dataclasses import dataclass, replace
from typing import Literal

EndpointKind = Literal["fqdn", "wildcard", "service-tag", "fqdn-tag", "address"]
Phase = Literal["boot", "boot-if-not-cached", "run", "optional"]

SOURCE = "https://learn.microsoft.com/azure/aks/outbound-rules-control-egress"
DATE = "2026-06-18"

FEATURES: dict[str, str] = {
    "base": "every cluster",
    "os-updates": "every cluster",
    "private": "a private API server: its public name is not needed",
    "vnet-integration": "an API server in the cluster's network: nodes reach it there, and its public name is not needed",
    "isolated": "a network-isolated cluster: nodes take Microsoft's images from a registry of their own (bootstrapProfile.artifactSource Cache)",
    "custom-dns": "a network with DNS servers of its own",
    "gpu": "a pool of machines with GPUs",
    "windows": "a pool of Windows machines",
    "monitor": "any of the next three",
    "container-insights": "Container Insights, as an add-on or in azureMonitorProfile",
    "prometheus": "managed Prometheus",
    "app-monitoring": "Application Insights for applications that are instrumented by themselves",
    "policy": "Azure Policy",
    "defender": "Microsoft Defender for Containers",
    "keyvault": "the Key Vault provider of the secrets store",
    "workload-identity": "workload identity",
    "cost": "cost analysis",
    "agic": "the ingress controller of Application Gateway",
    "image-cleaner": "the image cleaner",
    "extensions": "any cluster extension",
    "dapr": "the extension Dapr",
    "flux": "the extension Flux, or a Flux configuration",
    "legacy-tunnel": "clusters without a konnectivity agent: none that is made today",
    "legacy-ntp": "nodes made before March 2021: none that is made today",
    "apiserver-ip": "pods that use the API server's address: not told by resources",
}
"""Every feature that rows, or their absence, hang on."""


@dataclass(frozen=True, slots=True)
class RequiredEndpoint:
    """One documented destination. `protocol`: http, https, tcp or udp. `sample_host`: a name that a wildcard covers, for a probe.

    phase: when it is missed. boot: a node does not come up; boot-if-not-cached: it does not, unless the node's image has it already; run: it comes up, and
    something fails later; optional: only what the feature is for. exit_code: what the node's start script ends with, where that is known.
    """

    feature: str
    kind: EndpointKind
    host: str
    protocol: str
    port: int
    why: str
    source: str = SOURCE
    date: str = DATE
    sample_host: str | None = None
    phase: Phase = "run"
    exit_code: int | None = None

    def at(self, location: str) -> "RequiredEndpoint":
        """The same row with `{location}` filled in."""
        sample = self.sample_host.replace("{location}", location) if self.sample_host is not None else None
        return replace(self, host=self.host.replace("{location}", location), sample_host=sample)

    @property
    def probed_host(self) -> str:
        """The name to try: the sample of a wildcard, else the host itself."""
        return self.sample_host or self.host


def web_row(protocol: str, feature: str, host: str, why: str, sample_host: str | None = None) -> RequiredEndpoint:
    """A row of http on port 80, or of https on port 443."""
    return RequiredEndpoint(feature, "wildcard" if "*" in host else "fqdn", host, protocol, 443 if protocol == "https" else 80, why, sample_host=sample_host)


def https(feature: str, host: str, why: str, sample_host: str | None = None) -> RequiredEndpoint:
    """A row of https."""
    return web_row("https", feature, host, why, sample_host)


def http(feature: str, host: str, why: str, sample_host: str | None = None) -> RequiredEndpoint:
    """A row of http."""
    return web_row("http", feature, host, why, sample_host)


def boot(row: RequiredEndpoint, exit_code: int | None = None) -> RequiredEndpoint:
    """Missed while a node comes up."""
    return replace(row, phase="boot", exit_code=exit_code)


def boot_if_not_cached(row: RequiredEndpoint, exit_code: int | None = None) -> RequiredEndpoint:
    """Missed while a node comes up, unless its image has it already."""
    return replace(row, phase="boot-if-not-cached", exit_code=exit_code)


def optional(row: RequiredEndpoint) -> RequiredEndpoint:
    """Missed by nothing that a cluster lives on."""
    return replace(row, phase="optional")
