"""Answers that come back another way than the request went."""

from typing import Any

import pytest

from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN
from orchestrator.egress.network.build import build_network
from orchestrator.egress.trace.trace import trace_endpoint
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot
from orchestrator.workflows.reply_path import find_asymmetry

GROUP = "/subscriptions/s/resourceGroups/rg/providers"
NETWORK = f"{GROUP}/Microsoft.Network/virtualNetworks/net"
SERVER = "10.0.3.9"


def subnet(name: str, prefix: str, table: str | None = None) -> dict[str, Any]:
    reference = {"routeTable": {"id": f"{GROUP}/Microsoft.Network/routeTables/{table}"}} if table else {}
    return {"name": name, "properties": {"addressPrefix": prefix, **reference}}


def table(name: str, prefix: str) -> dict[str, Any]:
    route = {"name": "by-firewall", "properties": {"addressPrefix": prefix, "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.2.4"}}
    return {"id": f"{GROUP}/Microsoft.Network/routeTables/{name}", "type": "Microsoft.Network/routeTables", "properties": {"routes": [route]}}


def explain(there: str | None, here: str | None) -> str | None:
    rule = {"name": "r", "ruleType": "NetworkRule", "ipProtocols": ["TCP"], "sourceAddresses": ["*"], "destinationAddresses": ["*"], "destinationPorts": ["*"]}
    collection = {"name": "c", "priority": 100, "action": {"type": "Allow"}, "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "rules": [rule]}
    policy = f"{GROUP}/Microsoft.Network/firewallPolicies/p"
    configuration = {"subnet": {"id": f"{NETWORK}/subnets/AzureFirewallSubnet"}, "privateIPAddress": "10.0.2.4"}
    pool = {"name": "one", "count": 1, "vnetSubnetID": f"{NETWORK}/subnets/nodes"}
    subnets = [subnet("nodes", "10.0.1.0/24", there), subnet("AzureFirewallSubnet", "10.0.2.0/24"), subnet("servers", "10.0.3.0/24", here)]
    bodies = [
        {"id": NETWORK, "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}},
        table("there", "10.0.3.0/24"),
        table("here", "10.0.1.0/24"),
        {"id": policy, "properties": {}},
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
