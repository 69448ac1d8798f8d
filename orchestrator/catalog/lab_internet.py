"""The lab's internet: which names and addresses there are. The numbers are the lab's own, not Azure's; the documented facts are in `endpoints`.

All ranges are disjoint from each other, from PUBLIC_ADDRESS_RANGE (what the lab's control plane gives to public IP addresses), from private and
carrier-grade ranges and from 168.63.129.16 (a test holds this). A name resolves inside `name_range(name)`; which address it gets there is the lab's to
choose (`candidate_addresses` is a deterministic order to try), pinned names excepted.
"""

import hashlib
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network

from orchestrator.catalog import address_echo

SOURCE = "the lab's own choice"
DATE = "2026-11-23"

PUBLIC_ADDRESS_RANGE = "20.100.0.0/14"
"""Addresses of public IP address resources; never an internet host."""

AZURE_DNS = "168.63.129.16"
"""Azure's own resolver, as every virtual network sees it."""

INTERNET_RANGES: tuple[str, ...] = ("104.16.0.0/12",)
"""Where a name's generated address lies, unless one of the tables below says otherwise."""

ECHO_HOSTS = address_echo.ECHO_HOSTS
echo_path = address_echo.echo_path
"""The lab's internet has the same echo hosts as the real one, and answers at the same paths."""

TEST_RANGE = "203.0.113.0/24"
"""Where the test hosts are: addresses for documentation (RFC 5737), so that a network rule can name them and nothing else."""

TEST_HOSTS: dict[str, tuple[str, str]] = {
    "echo.lab.example": ("203.0.113.10", "an honest address echo"),
    "echo-private.lab.example": ("203.0.113.11", "an address echo that lies: it names a private address"),
    "echo-other.lab.example": ("203.0.113.12", "an address echo that lies: it names a public address that is not the caller's"),
    "echo-down.lab.example": ("203.0.113.13", "an address echo that is down: connections are refused"),
    "refused.lab.example": ("203.0.113.20", "refuses every connection"),
    "silent.lab.example": ("203.0.113.21", "drops every packet"),
    "plain-text.lab.example": ("203.0.113.22", "speaks no TLS: port 443 answers in plain text"),
    "untrusted.lab.example": ("203.0.113.23", "shows a certificate of an authority that no pod trusts, as a firewall that inspects TLS does"),
    "proxy.lab.example": ("203.0.113.24", "answers in place of the site as a proxy that wants a login: HTTP 407"),
    "unanswered.lab.example": ("203.0.113.26", "has no DNS server that answers: questions for its name are met with silence"),
    "status-470.lab.example": ("203.0.113.25", "answers HTTP 470, but not with Azure Firewall's text"),
}
"""Hosts that misbehave, each in one way, so that every verdict can be had: name -> (address, what it does)."""

ECHO_OTHER_ADDRESS = "104.31.255.9"
ECHO_PRIVATE_ADDRESS = "10.42.1.4"
"""What the echoes that lie say."""

PINNED: dict[str, str] = {
    "ifconfig.me": "34.160.111.145",
    "ntp.ubuntu.com": "91.189.94.4",
    **{name: address for name, (address, _) in TEST_HOSTS.items()},
}
"""Names with a fixed address: what the tutorial's readers see, and the test hosts."""

MISSING_NAMES: tuple[str, ...] = ("does-not-exist.example.com", "missing.azmk8s.io", "no-such-registry.azurecr.io")
"""Names that do not exist (NXDOMAIN), besides everything below MISSING_SUFFIXES."""

MISSING_SUFFIXES: tuple[str, ...] = ("invalid", "test", "localhost", "local", "internal", "home.arpa")
"""Top-level names that never exist in the internet (RFC 6761, RFC 6762, RFC 8375)."""

REGISTRIES: tuple[str, ...] = ("mcr.microsoft.com", "registry-1.docker.io", "ghcr.io", "quay.io", "registry.k8s.io")
"""Container registries: `GET /v2/` answers 200, or 401 with a challenge as registry-1.docker.io does."""

NTP_HOSTS: tuple[str, ...] = ("ntp.ubuntu.com", "time.windows.com", "time.nist.gov", "pool.ntp.org")
"""Hosts that answer NTP on UDP 123."""

REGION_PREFIXES: dict[str, tuple[str, ...]] = {
    "australiacentral": ("20.36.0.0/16",),
    "australiacentral2": ("20.28.0.0/16",),
    "australiaeast": ("20.53.0.0/16",),
    "australiasoutheast": ("20.70.0.0/16",),
    "austriaeast": ("20.21.0.0/16",),
    "belgiumcentral": ("20.22.0.0/16",),
    "brazilsouth": ("20.195.0.0/16",),
    "brazilsoutheast": ("20.206.0.0/16",),
    "canadacentral": ("20.48.0.0/16",),
    "canadaeast": ("20.200.0.0/16",),
    "centralindia": ("20.192.0.0/16",),
    "centralus": ("20.40.0.0/16",),
    "chilecentral": ("20.23.0.0/16",),
    "denmarkeast": ("20.24.0.0/16",),
    "eastasia": ("20.187.0.0/16",),
    "eastus": ("20.42.0.0/16",),
    "eastus2": ("20.44.0.0/16",),
    "francecentral": ("20.74.0.0/16",),
    "francesouth": ("20.39.0.0/16",),
    "germanynorth": ("20.52.0.0/16",),
    "germanywestcentral": ("20.79.0.0/16",),
    "indonesiacentral": ("20.25.0.0/16",),
    "israelcentral": ("20.217.0.0/16",),
    "italynorth": ("20.19.0.0/16",),
    "japaneast": ("20.78.0.0/16",),
    "japanwest": ("20.189.0.0/16",),
    "jioindiacentral": ("20.207.0.0/16",),
    "jioindiawest": ("20.193.0.0/16",),
    "koreacentral": ("20.41.0.0/16",),
    "koreasouth": ("20.214.0.0/16",),
    "malaysiawest": ("20.26.0.0/16",),
    "mexicocentral": ("20.27.0.0/16",),
    "newzealandnorth": ("20.29.0.0/16",),
    "northcentralus": ("20.80.0.0/16",),
    "northeurope": ("20.54.0.0/16",),
    "norwayeast": ("20.17.0.0/16",),
    "norwaywest": ("20.16.0.0/16",),
    "polandcentral": ("20.215.0.0/16",),
    "qatarcentral": ("20.18.0.0/16",),
    "southafricanorth": ("20.87.0.0/16",),
    "southafricawest": ("20.45.0.0/16",),
    "southcentralus": ("20.64.0.0/16",),
    "southeastasia": ("20.43.0.0/16",),
    "southindia": ("20.219.0.0/16",),
    "spaincentral": ("20.30.0.0/16",),
    "swedencentral": ("20.91.0.0/16",),
    "swedensouth": ("20.31.0.0/16",),
    "switzerlandnorth": ("20.203.0.0/16",),
    "switzerlandwest": ("20.208.0.0/16",),
    "uaecentral": ("20.37.0.0/16",),
    "uaenorth": ("20.196.0.0/16",),
    "uksouth": ("20.49.0.0/16",),
    "ukwest": ("20.68.0.0/16",),
    "westcentralus": ("20.69.0.0/16",),
    "westeurope": ("20.50.0.0/16",),
    "westindia": ("20.38.0.0/16",),
    "westus": ("20.66.0.0/16",),
    "westus2": ("20.51.0.0/16",),
    "westus3": ("20.106.0.0/16",),
}
"""What AzureCloud.<region> is in the lab; the API servers of a region have their addresses there."""

_OTHER_TAGS: dict[str, tuple[str, ...]] = {
    "AzureActiveDirectory": ("20.190.128.0/18",),
    "AzureFrontDoor.FirstParty": ("13.107.208.0/20",),
    "AzureMonitor": ("20.89.0.0/16",),
    "AzureResourceManager": ("20.33.0.0/16",),
    "MicrosoftContainerRegistry": ("13.107.224.0/20",),
}

_SUFFIX_TAGS: tuple[tuple[str, str], ...] = (
    ("login.microsoftonline.com", "AzureActiveDirectory"),
    ("management.azure.com", "AzureResourceManager"),
    ("mcr.microsoft.com", "MicrosoftContainerRegistry"),
    ("mcr-msedge.net", "MicrosoftContainerRegistry"),
    ("opinsights.azure.com", "AzureMonitor"),
    ("monitor.azure.com", "AzureMonitor"),
    ("monitoring.azure.com", "AzureMonitor"),
    ("applicationinsights.azure.com", "AzureMonitor"),
)
"""Names whose addresses a service tag covers: (the name itself or a suffix of it, tag)."""


def known_service_tags() -> tuple[str, ...]:
    """Every service tag that the lab knows, AzureCloud and AzureCloud.<region> among them."""
    return ("AzureCloud", *(f"AzureCloud.{region}" for region in REGION_PREFIXES), *_OTHER_TAGS)


def service_tag_prefixes(tag: str) -> tuple[str, ...]:
    """The IPv4 prefixes of a service tag (in any case) in the lab; ValueError for one that it does not know. AzureCloud covers Azure's other tags too."""
    folded = tag.lower()
    if folded == "azurecloud":
        return tuple(prefix for prefixes in (*REGION_PREFIXES.values(), *_OTHER_TAGS.values()) for prefix in prefixes)
    if folded.startswith("azurecloud.") and folded.removeprefix("azurecloud.") in REGION_PREFIXES:
        return REGION_PREFIXES[folded.removeprefix("azurecloud.")]
    for name, prefixes in _OTHER_TAGS.items():
        if name.lower() == folded:
            return prefixes
    raise ValueError(f"the lab does not know the service tag {tag!r}")


def name_exists(name: str) -> bool:
    """False for a name that the lab's DNS answers with NXDOMAIN."""
    folded = name.rstrip(".").lower()
    return folded not in MISSING_NAMES and folded.rpartition(".")[2] not in MISSING_SUFFIXES and not folded.endswith(".home.arpa")


def name_range(name: str) -> str:
    """The range in which a name's address lies: its region's for an API server, its service tag's, else the internet's."""
    folded = name.rstrip(".").lower()
    labels = folded.split(".")
    if folded.endswith(".azmk8s.io") and len(labels) >= 5 and labels[-3] in REGION_PREFIXES:
        return REGION_PREFIXES[labels[-3]][0]
    for suffix, tag in _SUFFIX_TAGS:
        if folded == suffix or folded.endswith(f".{suffix}"):
            return service_tag_prefixes(tag)[0]
    return INTERNET_RANGES[0]


def candidate_addresses(name: str) -> Iterator[str]:
    """Addresses for a name, best first, the same everywhere and always; the caller takes the first that no other name has."""
    folded = name.rstrip(".").lower()
    if folded in PINNED:
        yield PINNED[folded]
        return
    network = IPv4Network(name_range(folded))
    usable = network.num_addresses - 2
    start = int.from_bytes(hashlib.sha256(folded.encode()).digest()[:8], "big") % usable
    for step in range(usable):
        yield str(IPv4Address(int(network.network_address) + 1 + (start + step) % usable))
