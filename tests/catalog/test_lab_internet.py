from ipaddress import ip_address, ip_network
from itertools import combinations, islice
from pathlib import Path

import pytest

from orchestrator.catalog import lab_internet
from orchestrator.catalog.endpoints import required_endpoints

RESERVED = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "168.63.129.16/32", lab_internet.PUBLIC_ADDRESS_RANGE)


def test_all_ranges_are_disjoint():
    cloud = lab_internet.service_tag_prefixes("AzureCloud")
    pinned = tuple(f"{address}/32" for address in lab_internet.PINNED.values())
    networks = [ip_network(text) for text in (*RESERVED, *cloud, *lab_internet.INTERNET_RANGES, *pinned)]
    assert [pair for pair in combinations(networks, 2) if pair[0].overlaps(pair[1])] == []


@pytest.mark.parametrize("tag", lab_internet.known_service_tags())
def test_every_known_tag_has_prefixes(tag):
    assert lab_internet.service_tag_prefixes(tag)
    assert lab_internet.service_tag_prefixes(tag.upper()) == lab_internet.service_tag_prefixes(tag)


def test_an_unknown_tag_is_refused():
    for tag in ("AzureCloud.atlantis", "Sql"):
        with pytest.raises(ValueError, match=tag):
            lab_internet.service_tag_prefixes(tag)


def test_an_api_server_lies_inside_its_regions_tag():
    (prefix,) = lab_internet.service_tag_prefixes("AzureCloud.westeurope")
    assert prefix == "20.50.0.0/16"
    for address in islice(lab_internet.candidate_addresses("aks-udr-ab12.hcp.westeurope.azmk8s.io"), 3):
        assert ip_address(address) in ip_network(prefix)


def test_names_have_stable_addresses_of_their_own_range():
    assert list(lab_internet.candidate_addresses("ifconfig.me")) == ["34.160.111.145"]
    assert list(lab_internet.candidate_addresses("ntp.ubuntu.com.")) == ["91.189.94.4"]
    first = list(islice(lab_internet.candidate_addresses("Example.com"), 4))
    assert first == list(islice(lab_internet.candidate_addresses("example.com"), 4))
    assert len(set(first)) == 4
    assert all(ip_address(address) in ip_network(lab_internet.INTERNET_RANGES[0]) for address in first)
    assert lab_internet.name_range("mcr.microsoft.com") == lab_internet.service_tag_prefixes("MicrosoftContainerRegistry")[0]


def test_the_test_hosts_lie_in_their_range_and_are_documented():
    documented = (Path(__file__).resolve().parents[2] / "docs" / "verify.md").read_text()
    addresses = [address for address, _ in lab_internet.TEST_HOSTS.values()]
    assert len(set(addresses)) == len(addresses)
    assert all(ip_address(address) in ip_network(lab_internet.TEST_RANGE) for address in addresses)
    assert [name for name in lab_internet.TEST_HOSTS if f"| `{name}` | " not in documented] == []
    assert all(lab_internet.name_exists(name) and lab_internet.PINNED[name] == address for name, (address, _) in lab_internet.TEST_HOSTS.items())
    assert lab_internet.TEST_RANGE in documented


def test_missing_names():
    assert not lab_internet.name_exists("anything.invalid")
    assert not lab_internet.name_exists(lab_internet.MISSING_NAMES[0])
    hosts = [row.sample_host or row.host for row in (r.at("westeurope") for r in required_endpoints()) if row.kind in ("fqdn", "wildcard")]
    assert all(lab_internet.name_exists(host) for host in (*hosts, *lab_internet.ECHO_HOSTS, *lab_internet.REGISTRIES, *lab_internet.NTP_HOSTS, "evil.example"))
