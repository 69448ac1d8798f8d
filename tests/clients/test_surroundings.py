"""What lies outside an environment's group: followed by reference, and no request too many."""

from collections.abc import Callable
from pathlib import Path

from arm_server import Answer, serve

from orchestrator.clients.connection import Connection
from orchestrator.model.json_value import JsonObject
from orchestrator.model.targets import Target
from orchestrator.workflows.deployed import Deployed

NETWORK = "providers/Microsoft.Network"
HOME = "/subscriptions/sub/resourceGroups/rg-spoke"
HUB = "/subscriptions/hub/resourceGroups/rg-hub"
PARENTS = "/subscriptions/rules/resourceGroups/rg-rules"
CLUSTER = f"{HOME}/providers/Microsoft.ContainerService/managedClusters/c"
SPOKE_NETWORK, HUB_NETWORK, OTHER_NETWORK = (
    f"{HOME}/{NETWORK}/virtualNetworks/spoke",
    f"{HUB}/{NETWORK}/virtualNetworks/hub",
    f"{HUB}/{NETWORK}/virtualNetworks/x",
)
TABLE, HOME_TABLE = f"{HUB}/{NETWORK}/routeTables/t", f"{HOME}/{NETWORK}/routeTables/gone"
FIREWALL, ADDRESS = f"{HUB}/{NETWORK}/azureFirewalls/f", f"{HUB}/{NETWORK}/publicIPAddresses/a"
POLICY, PARENT, IP_GROUP = f"{HUB}/{NETWORK}/firewallPolicies/p", f"{PARENTS}/{NETWORK}/firewallPolicies/parent", f"{PARENTS}/{NETWORK}/ipGroups/g"
INTERFACE = f"{HUB}/{NETWORK}/networkInterfaces/n/ipConfigurations/i"


def body(resource_id: str, **properties: object) -> JsonObject:
    return {"id": resource_id, "properties": properties}


def peering(remote: str) -> JsonObject:
    return {"name": "to", "properties": {"remoteVirtualNetwork": {"id": remote}}}


def found(resource: JsonObject) -> list[Answer]:
    return [Answer(resource)]


def home(spoke: JsonObject) -> dict[str, list[Answer]]:
    pool = {"name": "p", "vnetSubnetID": f"{SPOKE_NETWORK}/subnets/s"}
    return {
        f"GET {HOME}/resources": found({"value": [{"id": CLUSTER}, {"id": SPOKE_NETWORK}]}),
        f"GET {CLUSTER}": found(body(CLUSTER, agentPoolProfiles=[pool])),
        f"GET {SPOKE_NETWORK}": found(spoke),
    }


def refused(status: int, code: str) -> list[Answer]:
    return [Answer({"error": {"code": code, "message": "m"}}, status)]


def test_references_are_followed(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    subnet = {"name": "s", "properties": {"routeTable": {"id": TABLE.replace("routeTables", "ROUTETABLES")}, "networkSecurityGroup": {"id": HOME_TABLE}}}
    behind = {"name": "AzureFirewallSubnet", "properties": {"ipConfigurations": [{"id": f"{FIREWALL}/azureFirewallIpConfigurations/i"}, {"id": INTERFACE}]}}
    stands = {"properties": {"publicIPAddress": {"id": ADDRESS}, "subnet": {"id": f"{HUB_NETWORK}/subnets/AzureFirewallSubnet"}}}
    rules = body(f"{PARENT}/ruleCollectionGroups/g", ruleCollections=[{"rules": [{"sourceIpGroups": [IP_GROUP]}]}])
    answers = {
        **home(body(SPOKE_NETWORK, subnets=[subnet], virtualNetworkPeerings=[peering(HUB_NETWORK)])),
        f"GET {TABLE.replace('routeTables', 'ROUTETABLES')}": refused(403, "AuthorizationFailed"),
        f"GET {HUB_NETWORK}": found(body(HUB_NETWORK, subnets=[behind], virtualNetworkPeerings=[peering(SPOKE_NETWORK), peering(OTHER_NETWORK)])),
        f"GET {FIREWALL}": found(body(FIREWALL, firewallPolicy={"id": POLICY}, ipConfigurations=[stands])),
        f"GET {ADDRESS}": refused(404, "ResourceNotFound"),
        f"GET {POLICY}": found(body(POLICY, basePolicy={"id": PARENT})),
        f"GET {POLICY}/ruleCollectionGroups": found({"value": []}),
        f"GET {PARENT}": found(body(PARENT)),
        f"GET {PARENT}/ruleCollectionGroups": found({"value": [rules]}),
        f"GET {IP_GROUP}": refused(400, "InvalidApiVersion"),
    }
    with serve(tmp_path, answers) as (target, script):
        snapshot = Deployed(connected(target), "rg-spoke").snapshot
    assert snapshot is not None
    assert {resource.id for resource in snapshot} == {CLUSTER, SPOKE_NETWORK, HUB_NETWORK, FIREWALL, POLICY, PARENT, rules["id"]}
    assert snapshot.absence(TABLE) == "may not be read by this login (AuthorizationFailed)"
    assert snapshot.absence(ADDRESS) == "does not exist"
    assert snapshot.absence(IP_GROUP) == "could not be read (InvalidApiVersion: m)"
    assert snapshot.absence(HOME_TABLE) == "is not among the resources"
    asked = "\n".join(script.seen)
    assert OTHER_NETWORK not in asked  # the hub's other spokes are none of this cluster's
    assert "networkInterfaces" not in asked
    assert HOME_TABLE not in asked  # the group was listed: what is not there does not exist


def test_nothing_is_asked_where_nothing_lies_outside(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    subnet = {"name": "s", "properties": {"routeTable": {"id": HOME_TABLE}}}
    with serve(tmp_path, home(body(SPOKE_NETWORK, subnets=[subnet]))) as (target, script):
        planned = [body(f"{HOME}/{NETWORK}/publicIPAddresses/new"), body(f"{SPOKE_NETWORK}/subnets/s", routeTable={"id": HOME_TABLE})]
        snapshot = Deployed(connected(target), "rg-spoke", planned).snapshot
    assert snapshot is not None
    assert not snapshot.unread
    assert sum("/resourceGroups/" in request for request in script.seen) == 3


def test_what_is_planned_is_followed_before_its_group_exists(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    planned = [body(CLUSTER, agentPoolProfiles=[{"vnetSubnetID": f"{HUB_NETWORK}/subnets/s"}]), body(SPOKE_NETWORK, subnets="[parameters('subnets')]")]
    network = body(HUB_NETWORK, virtualNetworkPeerings=[peering(OTHER_NETWORK)])
    answers = {f"GET {HUB_NETWORK}": found(network), f"GET {OTHER_NETWORK}": refused(404, "SubscriptionNotFound")}
    with serve(tmp_path, answers) as (target, script):
        around = Deployed(connected(target), "rg-spoke", planned).surroundings
    assert [resource.id for resource in around] == [HUB_NETWORK]
    assert around.absence(f"{OTHER_NETWORK}/subnets/y") == "does not exist"
    assert len([request for request in script.seen if "/resourceGroups/" in request]) == 2
