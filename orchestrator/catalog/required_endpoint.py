"""A row of the lists of required endpoints: what an AKS cluster has to reach, why, and when it is missed.

`{location}` stands for the region, `{apiServerAddress}` and `{customDnsAddress}` for addresses that only a cluster or its network has.
"""

from dataclasses import dataclass, replace
from typing import Literal

EndpointKind = Literal["fqdn", "wildcard", "service-tag", "fqdn-tag", "address"]
Phase = Literal["boot", "boot-if-not-cached", "run", "optional"]

SOURCE = "https://learn.microsoft.com/azure/aks/outbound-rules-control-egress"
DATE = "2026-06-18"


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
