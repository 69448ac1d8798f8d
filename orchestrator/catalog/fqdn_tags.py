"""What the FQDN tags of Azure Firewall stand for, as far as it is documented.

Azure does not publish a tag's contents as a list. For AzureKubernetesService it says that the tag has every FQDN of the page that `endpoints` holds,
so the expansion is made from there: `CONFIDENCE` says so, and a verdict that rests on a tag should repeat it. Known gaps are users' reports.
"""

from functools import lru_cache
from typing import NamedTuple

from orchestrator.catalog.endpoints import cloud_of, required_endpoints

SOURCE = "https://learn.microsoft.com/azure/aks/limit-egress-traffic"
DATE = "2026-06-18"
CONFIDENCE = "so say the documents; Azure publishes no list of the tag, so this cannot be verified offline"

REPORTED_GAPS: tuple[tuple[str, str, str, str], ...] = (
    ("AzureKubernetesService", "mcrprod.azurecr.io", "https://github.com/mspnp/aks-baseline/issues/457", "2026-06-16"),
)
"""(tag, host, thread, date): names that users saw blocked although a rule with the tag was there."""

_MONITORING = ("monitor", "container-insights", "prometheus", "app-monitoring")
_TAG_FEATURES: dict[str, frozenset[str]] = {
    "azurekubernetesservice": frozenset(
        {"base", "os-updates", "gpu", "windows", "workload-identity", "defender", "keyvault", "policy", "cost", "extensions", *_MONITORING}
    ),
}


class FqdnTagEntry(NamedTuple):
    """One name that a tag covers; `pattern` may begin with `*`. A rule's own protocols still have to name the protocol and port."""

    pattern: str
    protocol: str
    port: int


def known_fqdn_tags() -> tuple[str, ...]:
    """The tags that can be expanded, as Azure spells them."""
    return ("AzureKubernetesService",)


@lru_cache(maxsize=256)
def expand_fqdn_tag(tag: str, location: str) -> tuple[FqdnTagEntry, ...]:
    """The documented names of a tag in a region, each once; ValueError for a tag whose contents are not known."""
    features = _TAG_FEATURES.get(tag.lower())
    if features is None:
        raise ValueError(f"the contents of the FQDN tag {tag!r} are not known; known: {', '.join(known_fqdn_tags())}")
    rows = (
        row.at(location)
        for row in required_endpoints(cloud_of(location))
        if row.feature in features and row.kind in ("fqdn", "wildcard") and row.protocol in ("http", "https")
    )
    return tuple(dict.fromkeys(FqdnTagEntry(row.host, row.protocol, row.port) for row in rows))


def find_reported_gap(tag: str, host: str) -> str | None:
    """The thread in which users report that a tag does not cover a host."""
    return next((thread for name, gap, thread, _ in REPORTED_GAPS if name.lower() == tag.lower() and gap == host), None)
