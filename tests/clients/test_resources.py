"""Whole bodies of a group and its node resource groups: pages, children, what has gone since, what is not known."""

from collections.abc import Callable
from pathlib import Path

from arm_server import Answer, serve

from orchestrator.clients.connection import Connection
from orchestrator.clients.resources import read_resources
from orchestrator.model.targets import Target

GROUPS = "/subscriptions/sub/resourceGroups"
POLICY = f"{GROUPS}/rg/providers/Microsoft.Network/firewallPolicies/p"
CLUSTER = f"{GROUPS}/rg/providers/Microsoft.ContainerService/managedClusters/c"
ADDRESS = f"{GROUPS}/MC_rg/providers/Microsoft.Network/publicIPAddresses/a"
GONE = f"{GROUPS}/rg/providers/Microsoft.Network/publicIPAddresses/gone"
OTHER = {"id": f"{GROUPS}/rg/providers/Contoso.Things/things/t", "location": "x"}


def test_everything_is_read(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    group = {"id": f"{POLICY}/ruleCollectionGroups/g", "properties": {"priority": 100}}
    answers = {
        f"GET {GROUPS}/rg/resources": [Answer({"value": [{"id": POLICY}, {"id": GONE}], "nextLink": "{base}/page2?$skiptoken=1"})],
        "GET /page2": [Answer({"value": [{"id": CLUSTER}, OTHER]})],
        f"GET {POLICY}": [Answer({"id": POLICY, "properties": {}})],
        f"GET {POLICY}/ruleCollectionGroups": [Answer({"value": [group]})],
        f"GET {CLUSTER}": [Answer({"id": CLUSTER, "properties": {"nodeResourceGroup": "MC_rg"}})],
        f"GET {GONE}": [Answer({"error": {"code": "ResourceNotFound", "message": "m"}}, 404)],
        f"GET {GROUPS}/MC_rg/resources": [Answer({"value": [{"id": ADDRESS}]})],
        f"GET {ADDRESS}": [Answer({"id": ADDRESS, "properties": {"ipAddress": "20.1.2.3"}})],
    }
    with serve(tmp_path, answers) as (target, script):
        bodies = read_resources(connected(target), "rg")
    assert [body["id"] for body in bodies] == [POLICY, group["id"], CLUSTER, OTHER["id"], ADDRESS]
    assert bodies[-1]["properties"] == {"ipAddress": "20.1.2.3"}
    assert all("api-version=" in request for request in script.seen if "/providers/" in request)


def test_a_node_group_that_is_gone_is_empty(tmp_path: Path, connected: Callable[[Target], Connection]) -> None:
    answers = {
        f"GET {GROUPS}/rg/resources": [Answer({"value": [{"id": CLUSTER}]})],
        f"GET {CLUSTER}": [Answer({"id": CLUSTER, "properties": {"nodeResourceGroup": "MC_rg"}})],
        f"GET {GROUPS}/MC_rg/resources": [Answer({"error": {"code": "ResourceGroupNotFound", "message": "m"}}, 404)],
    }
    with serve(tmp_path, answers) as (target, _):
        assert [body["id"] for body in read_resources(connected(target), "rg")] == [CLUSTER]
