"""Answers that come back another way than the request went."""

from typing import Any

import pytest

from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.reply_path import find_asymmetry, find_inbound_asymmetry
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot

GROUP = "/subscriptions/s/resourceGroups/rg/providers"
NETWORK = f"{GROUP}/Microsoft.Network/virtualNetworks/net"
SERVER = "10.0.3.9"


def subnet(name: str, prefix: str, table: str | None = None) -> dict[str, Any]:
    reference = {"routeTable": {"id": f"{GROUP}/Microsoft.Network/routeTables/{table}"}} if table else {}
    return {"name": name, "properties": {"addressPrefix": prefix, **reference}}


def table(name: str, prefix: str, kind: str = "VirtualAppliance") -> dict[str, Any]:
    hop = {"nextHopIpAddress": "10.0.2.4"} if kind == "VirtualAppliance" else {}
    route = {"name": "by-firewall", "properties": {"addressPrefix": prefix, "nextHopType": kind, **hop}}
    return {"id": f"{GROUP}/Microsoft.Network/routeTables/{name}", "type": "Microsoft.Network/routeTables", "properties": {"routes": [route]}}


def explain(there: str | None, here: str | None, *, ranges: list[str] | None = None, here_kind: str = "VirtualAppliance") -> str | None:
    rule = {"name": "r", "ruleType": "NetworkRule", "ipProtocols": ["TCP"], "sourceAddresses": ["*"], "destinationAddresses": ["*"], "destinationPorts": ["*"]}
    collection = {"name": "c", "priority": 100, "action": {"type": "Allow"}, "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "rules": [rule]}
    policy = f"{GROUP}/Microsoft.Network/firewallPolicies/p"
    configuration = {"subnet": {"id": f"{NETWORK}/subnets/AzureFirewallSubnet"}, "privateIPAddress": "10.0.2.4"}
    pool = {"name": "one", "count": 1, "vnetSubnetID": f"{NETWORK}/subnets/nodes"}
    subnets = [subnet("nodes", "10.0.1.0/24", there), subnet("AzureFirewallSubnet", "10.0.2.0/24"), subnet("servers", "10.0.3.0/24", here)]
    bodies = [
        {"id": NETWORK, "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}},
        table("there", "10.0.3.0/24"),
        table("here", "10.0.1.0/24", here_kind),
        {"id": policy, "properties": {"snat": {"privateRanges": ranges}} if ranges else {}},
        {"id": f"{policy}/ruleCollectionGroups/g", "properties": {"priority": 100, "ruleCollections": [collection]}},
        {
            "id": f"{GROUP}/Microsoft.Network/azureFirewalls/fw",
            "properties": {"firewallPolicy": {"id": policy}, "ipConfigurations": [{"name": "a", "properties": configuration}]},
        },
        {
            "id": f"{GROUP}/Microsoft.ContainerService/managedClusters/aks",
            "location": "westeurope",
            "properties": {"agentPoolProfiles": [pool], "networkProfile": {"networkPlugin": "azure"}},
        },
    ]
    network = build_network(make_snapshot(bodies))
    (trace,) = trace_endpoint(network, NOTHING_KNOWN, bodies[-1]["id"], Endpoint("tcp", SERVER, 5432))
    assert trace.disposition.allowed, str(trace.disposition)
    return find_asymmetry(network, NOTHING_KNOWN, trace)


@pytest.mark.parametrize(
    ("there", "here", "expected"),
    [
        (None, None, None),
        ("there", "here", None),
        ("there", None, "asymmetric: answers leave the subnet servers by 10.0.0.0/16 -> VnetLocal (system), past the firewall"),
        (None, "here", "asymmetric: answers leave the subnet servers by 10.0.1.0/24 -> VirtualAppliance 10.0.2.4 (user), and a stateful firewall"),
    ],
)
def test_both_directions(there: str | None, here: str | None, expected: str | None) -> None:
    found = explain(there, here)
    assert found is None if expected is None else (found or "").startswith(expected)


def test_answers_go_to_a_firewall_that_translates() -> None:
    assert explain("there", None, ranges=["10.9.0.0/16"]) is None


def test_no_way_back_at_all() -> None:
    assert explain(None, "here", here_kind="None") == "asymmetric: no answer comes back: in the subnet servers 10.0.1.0/24 -> None (user) takes it"


def _published(rules: list[dict[str, Any]]) -> str | None:
    """A cluster behind a firewall by its default route, whose load balancer has these rules."""
    nodes = GROUP.replace("/rg/", "/MC_rg/")
    balancer = f"{nodes}/Microsoft.Network/loadBalancers/kubernetes"
    address = f"{nodes}/Microsoft.Network/publicIPAddresses/service"
    frontend = {"name": "f", "properties": {"publicIPAddress": {"id": address}}}
    where = {"frontendIPConfiguration": {"id": f"{balancer}/frontendIPConfigurations/f"}}
    subnets = [subnet("nodes", "10.0.1.0/24", "out"), subnet("AzureFirewallSubnet", "10.0.2.0/24")]
    inside = {"subnet": {"id": f"{NETWORK}/subnets/AzureFirewallSubnet"}, "privateIPAddress": "10.0.2.4"}
    pool = {"name": "one", "count": 1, "vnetSubnetID": f"{NETWORK}/subnets/nodes"}
    bodies = [
        {"id": NETWORK, "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}},
        table("out", "0.0.0.0/0"),
        {"id": f"{GROUP}/Microsoft.Network/azureFirewalls/fw", "properties": {"ipConfigurations": [{"name": "a", "properties": inside}]}},
        {"id": address, "properties": {"ipAddress": "20.1.2.3"}},
        {
            "id": balancer,
            "properties": {"frontendIPConfigurations": [frontend], "loadBalancingRules": [{"name": "r", "properties": {**rule, **where}} for rule in rules]},
        },
        {
            "id": f"{GROUP}/Microsoft.ContainerService/managedClusters/aks",
            "properties": {"agentPoolProfiles": [pool], "networkProfile": {"networkPlugin": "azure"}, "nodeResourceGroup": "MC_rg"},
        },
    ]
    network = build_network(make_snapshot(bodies))
    (trace,) = trace_endpoint(network, NOTHING_KNOWN, bodies[-1]["id"], Endpoint("https", "example.com", 443))
    return find_inbound_asymmetry(network, trace)


def test_a_public_service_behind_a_default_route_to_the_firewall() -> None:
    assert _published([]) is None
    assert _published([{"frontendPort": 443}, {"frontendPort": 80}]) == (
        "asymmetric: connections from outside to 20.1.2.3:443, 20.1.2.3:80 come in past fw, and their answers leave the subnet nodes by "
        "0.0.0.0/0 -> VirtualAppliance 10.0.2.4 (user), where the firewall drops them, since it did not see them begin. "
        "Publish by a DNAT rule of the firewall to an internal load balancer instead."
    )
