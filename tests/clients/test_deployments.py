"""Deployments and what-if against answers that are told: nested progress, failures with their leaves, an end that is odd."""

from collections.abc import Callable
from pathlib import Path

import pytest
from arm_server import Answer, serve

from orchestrator.clients.connection import Connection
from orchestrator.clients.deployments import cancel_deployment, follow_deployment, start_deployment
from orchestrator.clients.template_request import TemplateRequest
from orchestrator.clients.what_if import request_what_if
from orchestrator.model.errors import ArmError, OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.targets import Target

Connect = Callable[[Target], Connection]
BASE = "/subscriptions/sub/resourcegroups/rg/providers/Microsoft.Resources/deployments"
RUNNING = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Resources/deployments"
REQUEST = TemplateRequest("rg", "main-udr", {"resources": []}, {"p": {"value": 1}})
NETWORK = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net"
OUTPUTS = {"a": {"type": "String", "value": "v"}}
MODULE = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Resources/deployments/vnet"


def deployment(state: str, **more: object) -> Answer:
    return Answer({"id": "x", "name": "n", "properties": {"provisioningState": state, **more}})


def operations(*entries: tuple[str, str, JsonObject]) -> Answer:
    value = [
        {"properties": {"provisioningOperation": "Create", "provisioningState": state, "targetResource": {"id": id_}, **more}} for id_, state, more in entries
    ]
    evaluation = {"id": "e", "operationId": "e", "properties": {"provisioningOperation": "EvaluateDeploymentOutput", "provisioningState": "Succeeded"}}
    return Answer({"value": [*value, evaluation]})


def test_progress_is_told_once_for_each_state_nested_ones_too(tmp_path: Path, connected: Connect) -> None:
    answers = {
        f"GET {RUNNING}/main-udr": [deployment("Running"), deployment("Succeeded", outputs=OUTPUTS, duration="PT1M2.5S", outputResources=[{"id": NETWORK}])],
        f"GET {RUNNING}/main-udr/operations": [operations((MODULE, "Running", {})), operations((MODULE, "Succeeded", {"duration": "PT3S"}))],
        f"GET {RUNNING}/vnet/operations": [operations((NETWORK, "Running", {})), operations((NETWORK, "Succeeded", {"duration": "PT2.5S"}))],
    }
    told: list[tuple[str, str, float | None, str]] = []
    with serve(tmp_path, answers) as (target, _):
        result = follow_deployment(connected(target), "rg", "main-udr", lambda *row: told.append(row))
    assert told == [
        ("Microsoft.Network/virtualNetworks/net", "Running", None, ""),
        ("Microsoft.Resources/deployments/vnet", "Running", None, ""),
        ("Microsoft.Network/virtualNetworks/net", "Succeeded", 2.5, ""),
        ("Microsoft.Resources/deployments/vnet", "Succeeded", 3.0, ""),
    ]
    assert (result.outputs, result.seconds, result.output_resources) == (OUTPUTS, 62.5, (NETWORK,))


def test_a_failure_has_its_leaves(tmp_path: Path, connected: Connect) -> None:
    inner = {"code": "RouteTableMissingDefaultRoute", "message": "no default route"}
    error = {"code": "DeploymentFailed", "message": "At least one ...", "details": [{"code": "ResourceDeploymentFailure", "message": "m", "details": [inner]}]}
    answers = {
        f"GET {RUNNING}/main-udr": [deployment("Failed", error=error)],
        f"GET {RUNNING}/main-udr/operations": [operations((NETWORK, "Failed", {"statusMessage": {"error": inner}}))],
    }
    told: list[tuple[str, str, float | None, str]] = []
    with serve(tmp_path, answers) as (target, _), pytest.raises(ArmError) as raised:
        follow_deployment(connected(target), "rg", "main-udr", lambda *row: told.append(row))
    assert [leaf.code for leaf in raised.value.leaves()] == ["RouteTableMissingDefaultRoute"]
    assert told == [("Microsoft.Network/virtualNetworks/net", "Failed", None, "RouteTableMissingDefaultRoute: no default route")]


def test_a_cancelled_deployment_is_no_success(tmp_path: Path, connected: Connect) -> None:
    answers = {f"GET {RUNNING}/main-udr": [deployment("Canceled")], f"GET {RUNNING}/main-udr/operations": [operations()]}
    with serve(tmp_path, answers) as (target, _), pytest.raises(ArmError, match="DeploymentCanceled"):
        follow_deployment(connected(target), "rg", "main-udr", lambda *_: None)


def test_starting_returns_when_arm_has_accepted(tmp_path: Path, connected: Connect) -> None:
    accepted = Answer(deployment("Accepted").body, 201, {"Azure-AsyncOperation": "{base}/status", "Retry-After": "60"})
    with serve(tmp_path, {f"PUT {BASE}/main-udr": [accepted]}) as (target, script):
        start_deployment(connected(target), REQUEST)
    assert [request.split("?")[0] for request in script.seen if "oauth2" not in request and "openid" not in request] == [f"PUT {BASE}/main-udr"]


@pytest.mark.parametrize(
    ("answer", "cancelled"), [(Answer(status=204), True), (Answer({"error": {"code": "DeploymentCannotBeCancelled", "message": "m"}}, 409), False)]
)
def test_cancelling(tmp_path: Path, connected: Connect, answer: Answer, cancelled: bool) -> None:
    with serve(tmp_path, {f"POST {BASE}/main-udr/cancel": [answer]}) as (target, _):
        assert cancel_deployment(connected(target), "rg", "main-udr") is cancelled


def what_if(tmp_path: Path, connected: Connect, *answers: Answer) -> JsonObject:
    started = Answer("", 202, {"Location": "{base}/result", "retry-after-ms": "10"})
    with serve(tmp_path, {f"POST {BASE}/main-udr/whatIf": [started], "GET /result": list(answers)}) as (target, _):
        return request_what_if(connected(target), REQUEST)


def test_a_what_if_is_the_whole_answer(tmp_path: Path, connected: Connect) -> None:
    body = {"status": "Succeeded", "properties": {"changes": [{"resourceId": NETWORK, "changeType": "Create", "after": {"new": {"deep": [1]}}}], "later": 1}}
    waiting = Answer("", 202, {"Location": "{base}/result", "retry-after-ms": "10"})
    assert what_if(tmp_path, connected, waiting, Answer(body)) == body


def test_a_what_if_that_failed_is_an_arm_error(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(ArmError, match="InvalidTemplate: bad"):
        what_if(tmp_path, connected, Answer({"status": "Failed", "error": {"code": "InvalidTemplate", "message": "bad"}}))


def test_a_what_if_that_ends_without_a_word_is_said(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(OperationFailed, match="Canceled"):
        what_if(tmp_path, connected, Answer({"status": "Canceled"}))
