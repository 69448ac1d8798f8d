"""Run-command on a cluster, with packets where the host has them and with a reason where it has not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.lab import lifecycle
from tests.lab.conftest import Sdk
from tests.lab.test_cluster_refusals import Site
from tests.lab.test_network import put

ROOT = Path(__file__).resolve().parents[2]
NO_NAMESPACES = 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"'
RUN = "runCommand?api-version=2026-03-01"


def run(sdk: Sdk, cluster: str, command: str) -> dict[str, object]:
    status, answer = sdk.send("POST", f"{cluster}/{RUN}", {"command": command})
    assert status == 200, answer
    return dict(answer["properties"])


@pytest.fixture
def cluster(sdk: Sdk, group: str, lab_directory: Path) -> str:
    if not lifecycle.status(lab_directory)["dataPlane"]["available"]:
        pytest.skip("this host has no user namespaces, or no curl")
    return str(Site(sdk, group).cluster()["id"])


@pytest.mark.packets
def test_output_and_exit_code(sdk: Sdk, cluster: str) -> None:
    answer = run(sdk, cluster, "echo out; echo err >&2; exit 3")
    assert (answer["exitCode"], answer["provisioningState"]) == (3, "Succeeded")
    assert sorted(str(answer["logs"]).split()) == ["err", "out"]


@pytest.mark.packets
def test_the_pod_leaves_by_the_clusters_address(sdk: Sdk, cluster: str) -> None:
    profile = sdk.get(cluster)["properties"]["networkProfile"]["loadBalancerProfile"]
    address = sdk.get(profile["effectiveOutboundIPs"][0]["id"])["properties"]["ipAddress"]
    answer = run(sdk, cluster, "curl -sS -m 5 http://ifconfig.me")
    assert (answer["exitCode"], str(answer["logs"]).strip()) == (0, address)


def test_refused_commands(sdk: Sdk, group: str) -> None:
    made = str(Site(sdk, group).cluster()["id"])
    assert sdk.send("POST", f"{made}/{RUN}", {"command": " "})[1]["error"]["code"] == "InvalidParameter"
    assert sdk.send("POST", f"{made}/{RUN}", {"command": "ls", "context": "zip"})[1]["error"]["code"] == "LabNotSupported"
    assert sdk.send("POST", f"{made}x/{RUN}", {"command": "ls"})[1]["error"]["code"] == "ResourceNotFound"
    assert sdk.send("GET", f"{made}/commandResults/none?api-version=2026-03-01")[1]["error"]["code"] == "CommandResultNotFound"
    assert sdk.send("POST", f"{made}/listNothing?api-version=2026-03-01")[1]["error"]["code"] == "LabNotSupported"


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="needs Linux and unshare(1)")
def test_where_namespaces_are_forbidden_everything_but_packets_works(own_directory: Path) -> None:
    if subprocess.run(["unshare", "-Ur", "sh", "-c", NO_NAMESPACES, "sh", "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this host has no user namespaces to forbid")
    directory = own_directory
    program = f"from pathlib import Path; from orchestrator.lab import lifecycle; lifecycle.ensure_started(Path({str(directory)!r}))"
    subprocess.run(["unshare", "-Ur", "sh", "-c", NO_NAMESPACES, "sh", sys.executable, "-c", program], check=True, cwd=ROOT)
    try:
        status = lifecycle.status(directory)["dataPlane"]
        assert status["available"] is False
        assert "max_user_namespaces" in json.dumps(status)
        target = lifecycle.running(directory)
        assert target is not None
        sdk = Sdk(target)
        group = sdk.resources.resource_groups.create_or_update("rg", {"location": "westeurope"}).id
        made = Site(sdk, str(group)).cluster()
        assert made["properties"]["provisioningState"] == "Succeeded"
        code, answer = sdk.send("POST", f"{made['id']}/{RUN}", {"command": "true"})
        if code == 202:
            pytest.fail("the refusal is immediate")
        assert (code, answer["error"]["code"]) == (409, "LabDataPlaneUnavailable")
        assert status["remedy"] in answer["error"]["message"]
        sdk.close()
    finally:
        lifecycle.stop(directory)


def test_a_bare_cluster_answers_to_its_id_in_any_case(sdk: Sdk, group: str) -> None:
    made = Site(sdk, group).cluster()
    assert put(sdk, made["id"].upper().replace("/PROVIDERS/", "/providers/"), {**_asked(made)})["id"] == made["id"]


def _asked(made: dict[str, object]) -> dict[str, object]:
    properties = made["properties"]
    assert isinstance(properties, dict)
    pools = [{name: pool[name] for name in ("name", "mode", "count", "vmSize")} for pool in properties["agentPoolProfiles"]]
    asked = {"dnsPrefix": properties["dnsPrefix"], "agentPoolProfiles": pools, "networkProfile": {"networkPlugin": "azure"}}
    return {"location": made["location"], "identity": {"type": "SystemAssigned"}, "properties": asked}
