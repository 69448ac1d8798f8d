"""What an AKS cluster has to reach in Azure's cloud for the US government: where its names differ, and the rows that it shares with the public cloud.

What the page lists for the public cloud alone (the content network of the registry, marketplace extensions) is not here.
"""

from dataclasses import replace

from orchestrator.catalog.required_endpoint import RequiredEndpoint
from orchestrator.catalog.required_public import PUBLIC

_NAMES = {
    "*.hcp.{location}.azmk8s.io": "*.hcp.{location}.cx.aks.containerservice.azure.us",
    "management.azure.com": "management.usgovcloudapi.net",
    "login.microsoftonline.com": "login.microsoftonline.us",
    "*.vault.azure.net": "*.vault.usgovcloudapi.net",
    "*.ods.opinsights.azure.com": "*.ods.opinsights.azure.us",
    "*.oms.opinsights.azure.com": "*.oms.opinsights.azure.us",
    "global.handler.control.monitor.azure.com": "global.handler.control.monitor.azure.us",
    "{location}.handler.control.monitor.azure.com": "{location}.handler.control.monitor.azure.us",
    "*.ingest.monitor.azure.com": "*.ingest.monitor.azure.us",
    "*.metrics.ingest.monitor.azure.com": "*.metrics.ingest.monitor.azure.us",
    "data.policy.core.windows.net": "data.policy.azure.us",
    "store.policy.core.windows.net": "store.policy.azure.us",
    "{location}.dp.kubernetesconfiguration.azure.com": "{location}.dp.kubernetesconfiguration.azure.us",
}
"""Public name -> this cloud's name."""

_NOT_HERE = frozenset({("base", "mcr-0001.mcr-msedge.net"), ("monitor", "*.monitoring.azure.com"), ("policy", "dc.services.visualstudio.com")})
_EXTENSIONS = frozenset({"{location}.dp.kubernetesconfiguration.azure.com", "mcr.microsoft.com", "*.data.mcr.microsoft.com"})


def _is_here(row: RequiredEndpoint) -> bool:
    return (row.feature, row.host) not in _NOT_HERE and (row.feature != "extensions" or row.host in _EXTENSIONS)


def _here(row: RequiredEndpoint) -> RequiredEndpoint:
    name = _NAMES.get(row.host, row.host)
    sample = f"sample{name[1:]}" if name != row.host and row.sample_host is not None else row.sample_host
    return replace(row, host=name, sample_host=sample)


US_GOVERNMENT: tuple[RequiredEndpoint, ...] = tuple(_here(row) for row in PUBLIC if _is_here(row))
