"""The HTTP proxy that a cluster's pods use (learn.microsoft.com/azure/aks/http-proxy): AKS writes it into the environment of every pod.

Probes then go where workloads go, through the proxy; what becomes of a request behind it, and with which address, no resource shows.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import Resource

_PASSWORD = re.compile("//[^/@]*@")


@dataclass(frozen=True, slots=True)
class ClusterProxy:
    """By protocol where the proxy is, without a password; `exceptions`: what goes past it, names (with all that is below them) and networks."""

    urls: tuple[tuple[str, str], ...]
    exceptions: tuple[str, ...] = ()

    def find_url(self, endpoint: Endpoint) -> str | None:
        """The proxy of an endpoint; None where a request goes past it."""
        url = dict(self.urls).get(endpoint.protocol)
        return None if url is None or any(_is_excepted(endpoint.host.lower(), one) for one in self.exceptions) else url


def read_proxy(cluster: Resource | None) -> ClusterProxy | None:
    """The proxy of a cluster; None where it has none."""
    config = (cluster.properties.get("httpProxyConfig") or {}) if cluster is not None else {}
    urls = tuple((protocol, _PASSWORD.sub("//", str(config[name]))) for protocol, name in (("http", "httpProxy"), ("https", "httpsProxy")) if config.get(name))
    if not urls or config.get("enabled") is False:
        return None
    exceptions = config.get("effectiveNoProxy") or config.get("noProxy") or ()
    return ClusterProxy(urls, tuple(str(one).strip().lower() for one in exceptions if str(one).strip()))


def _is_excepted(host: str, exception: str) -> bool:
    network, address = _read_network(exception), _read_address(host)
    if network is not None:
        return address is not None and address in network
    name = exception.removeprefix("*").removeprefix(".")
    return host == name or host.endswith(f".{name}")


def _read_network(text: str) -> IPv4Network | None:
    try:
        return IPv4Network(text, strict=False)
    except ValueError:
        return None


def _read_address(text: str) -> IPv4Address | None:
    try:
        return IPv4Address(text)
    except ValueError:
        return None
