"""azure.core's exceptions become ours: every class that it has, and the answers that raise them."""

import inspect
from collections.abc import Callable
from pathlib import Path

import pytest
from arm_server import Answer, serve
from azure.core import exceptions as azure

from orchestrator.clients.connection import Connection
from orchestrator.clients.errors import ANSWERED, BROKEN, UNREACHED, azure_errors
from orchestrator.clients.resource_groups import find_resource_group
from orchestrator.model.errors import ArmError, OperationFailed
from orchestrator.model.targets import Target, TargetKind

Connect = Callable[[Target], Connection]
GROUP = "GET /subscriptions/sub/resourcegroups/rg"


def test_each_exception_of_azure_core_has_its_place() -> None:
    classes = {value for _, value in inspect.getmembers(azure, inspect.isclass) if issubclass(value, Exception) and value.__module__ == azure.__name__}
    assert classes == ANSWERED | UNREACHED | BROKEN
    assert not ANSWERED & UNREACHED
    assert not ANSWERED & BROKEN


@pytest.mark.parametrize("kind", sorted(UNREACHED | {azure.AzureError, azure.ServiceResponseError, azure.SerializationError}, key=lambda kind: kind.__name__))
def test_what_has_no_answer_is_an_operation_that_failed(kind: type[Exception]) -> None:
    with pytest.raises(OperationFailed, match=r"cannot try: .*the reason"), azure_errors("try"):
        raise kind("the reason")


def ask(tmp_path: Path, connected: Connect, answers: list[Answer], **more: list[Answer]) -> object:
    with serve(tmp_path, {GROUP: answers, **more}) as (target, _):
        return find_resource_group(connected(target), "rg")


def test_arms_envelope_becomes_an_arm_error(tmp_path: Path, connected: Connect) -> None:
    body = {"error": {"code": "AuthorizationFailed", "message": "no", "target": "t", "details": [{"code": "Inner", "message": "m"}, None]}}
    with pytest.raises(ArmError) as raised:
        ask(tmp_path, connected, [Answer(body, 403)])
    error = raised.value
    assert (error.code, error.message, error.target, error.status) == ("AuthorizationFailed", "no", "t", 403)
    assert [leaf.code for leaf in error.leaves()] == ["Inner"]


def test_an_answer_without_the_envelope_is_said(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(OperationFailed, match="cannot read the resource group rg: HTTP 418, an answer without ARM's error envelope"):
        ask(tmp_path, connected, [Answer("<html>teapot</html>", 418, {"Content-Type": "text/html"})])


def test_a_refused_login_says_how_to_log_in(tmp_path: Path, connected: Connect) -> None:
    refusal = Answer({"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}, 401)
    with pytest.raises(OperationFailed) as raised:
        ask(tmp_path, connected, [Answer({})], **{"POST /11111111-1111-1111-1111-111111111111/oauth2/v2.0/token": [refusal]})
    assert "the login failed" in raised.value.message
    assert "AADSTS7000215" in raised.value.message
    assert "az login" in (raised.value.remedy or "")


def test_a_broken_connection_is_said(tmp_path: Path, connected: Connect) -> None:
    with pytest.raises(OperationFailed, match="cannot read the resource group rg"):
        ask(tmp_path, connected, [Answer(hang_up=True)])


def test_a_lab_that_is_gone_is_said_at_once(tmp_path: Path, connected: Connect) -> None:
    with serve(tmp_path, {}) as (target, _):
        pass
    with pytest.raises(OperationFailed, match="cannot be reached") as raised:
        find_resource_group(connected(target), "rg")
    assert "The lab stopped" in (raised.value.remedy or "")


def test_another_authority_than_the_labs_is_not_trusted(tmp_path: Path, connected: Connect) -> None:
    with serve(tmp_path, {GROUP: [Answer({})]}) as (target, _), pytest.raises(OperationFailed, match=r"[Cc]ertificate"):
        find_resource_group(connected(Target(TargetKind.LOCAL, "sub", target.arm_url, target.authority_url, target.tenant_id, "c", "s")), "rg")


def test_a_missing_group_is_none(tmp_path: Path, connected: Connect) -> None:
    assert ask(tmp_path, connected, [Answer({"error": {"code": "ResourceGroupNotFound", "message": "none"}}, 404)]) is None


def test_proxy_variables_do_not_divert_the_lab(tmp_path: Path, connected: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert ask(tmp_path, connected, [Answer({"id": "/x", "name": "rg", "location": "w"})]) == {"id": "/x", "name": "rg", "location": "w"}
