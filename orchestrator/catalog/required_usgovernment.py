"""What an AKS cluster has to reach in Azure's cloud for the US government: where its names differ, and the rows that it shares with the public cloud."""

from dataclasses import replace

from orchestrator.catalog.required_endpoint import RequiredEndpoint
from orchestrator.catalog.required_public import PUBLIC

_NAMES = {
    "*.hcp.{location}.azmk8s.io": "*.hcp.{location}.cx.aks.containerservice.azure.us",
    "management.azure.com": "management.usgovcloudapi.net",
    "login.microsoftonline.com": "login.microsoftonline.us",
    "*.vault.azure.net": "*.vault.usgovcloudapi.net",
}
"""Public name -> this cloud's name."""

_SHARED_FEATURES = frozenset(
    {"base", "legacy-tunnel", "legacy-ntp", "custom-dns", "apiserver-ip", "os-updates", "gpu", "windows", "workload-identity", "keyvault", "cost", "agic"}
)


def _here(row: RequiredEndpoint) -> RequiredEndpoint:
    name = _NAMES.get(row.host, row.host)
    sample = f"sample{name[1:]}" if name != row.host and row.sample_host is not None else row.sample_host
    return replace(row, host=name, sample_host=sample)


US_GOVERNMENT: tuple[RequiredEndpoint, ...] = tuple(_here(row) for row in PUBLIC if row.feature in _SHARED_FEATURES)
