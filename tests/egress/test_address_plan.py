"""Addresses: each finding from a network that has the fault, and none from one that has not."""

import pytest

from orchestrator.egress.network.build import build_network
from orchestrator.egress.preflight.address_plan import check_addresses
from tests.egress.worked_networks import NETWORK, build

SUBNET = {"name": "more", "properties": {"addressPrefix": "10.42.9.0/24"}}


def look(given, change=lambda snapshot: None):
    snapshot, _, _ = build(given)
    change(snapshot)
    return [(finding.code, finding.severity.value) for finding in check_addresses(build_network(snapshot))]


def profile(**values):
    return {"cluster": {"networkProfile": {"outboundType": "loadBalancer", "networkPlugin": "azure", **values}}}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"nat": ["20.100.1.1"]}, []),
        ({"hub": True, "firewall": {"rules": []}, **profile(serviceCidr="10.1.0.0/16")}, []),
        ({"subnets": [SUBNET]}, []),
        ({"subnets": [{"name": "out", "properties": {"addressPrefix": "10.43.0.0/24"}}]}, [("NetcfgInvalidSubnet", "error")]),
        ({"subnets": [SUBNET, {"name": "over", "properties": {"addressPrefix": "10.42.9.128/25"}}]}, [("NetcfgSubnetRangesOverlap", "error")]),
        ({"hub": True, "peering": "one", "firewall": {"rules": []}}, [("PeeringOneSided", "warning"), ("ServiceCidrOverlapsNetwork", "warning")]),
        (profile(serviceCidr="10.42.1.0/28"), [("ServiceCidrOverlapExistingSubnetsCidr", "error")]),
        (profile(serviceCidr="10.42.0.0/24"), [("ServiceCidrOverlapsNetwork", "warning")]),
        ({"hub": True, "firewall": {"rules": []}, **profile(serviceCidr="10.0.0.0/16")}, [("ServiceCidrOverlapsNetwork", "warning")]),
        (profile(serviceCidr="172.30.0.0/24"), [("ReservedAddressRange", "error")]),
        (profile(networkPluginMode="overlay", podCidr="192.0.2.0/24"), [("ReservedAddressRange", "error")]),
        (profile(networkPluginMode="overlay", podCidr="10.42.0.0/18"), [("PodCidrOverlapExistingSubnetsCidr", "error")]),
        (profile(networkPluginMode="overlay", podCidr="10.42.128.0/18"), [("PodCidrOverlapsNetwork", "warning")]),
        (profile(networkPluginMode="overlay", podCidr="10.0.0.0/14"), [("PodCidrOverlapServiceCidr", "error")]),
        (profile(serviceCidr="10.7.0.0/16", dnsServiceIP="10.8.0.10"), [("DnsServiceIpOutOfServiceCidr", "error")]),
        (profile(serviceCidr="10.7.0.0/16", dnsServiceIP="10.7.0.1"), [("DnsServiceIpConflicting", "error")]),
        (profile(serviceCidr="10.7.0.0/16", dnsServiceIP="10.7.0.10"), []),
        ({"nodes": "10.42.1.0/26"}, [("InsufficientSubnetSize", "error")]),
        ({"nodes": "10.42.1.0/25"}, [("SubnetMayRunOut", "warning")]),
        ({"nodes": "10.42.1.0/26", "overlay": True}, []),
        ({"nodes": "10.42.1.0/24", "pool": {"count": 3, "enableAutoScaling": True, "maxCount": 9}}, [("SubnetMayRunOut", "warning")]),
        ({"nodes": "10.42.1.0/24", "pool": {"count": 8, "maxPods": 30}}, [("SubnetMayRunOut", "warning")]),
    ],
)
def test_findings(given, expected):
    assert look(given) == expected


def test_the_firewalls_subnet():
    def change(snapshot):
        vnet = snapshot.find(f"{NETWORK}/virtualNetworks/vnet")
        vnet.properties["subnets"][-1]["properties"] |= {"addressPrefix": "10.42.2.0/27", "networkSecurityGroup": {"id": f"{NETWORK}/networkSecurityGroups/x"}}

    assert look({"firewall": {"rules": []}}, change) == [("FirewallSubnetTooSmall", "error"), ("FirewallSubnetSecurityGroup", "error")]


def test_peers_that_overlap():
    def change(snapshot):
        snapshot.find(f"{NETWORK}/virtualNetworks/hub").properties["addressSpace"]["addressPrefixes"] = ["10.42.0.0/15", "10.0.0.0/16"]

    assert ("PeeredAddressSpacesOverlap", "error") in look({"hub": True, "firewall": {"rules": []}}, change)
