"""Corpora of expressions and templates, with the answers of Azure's engine (Bicep CLI 0.49.2); and that engine itself, where it is found."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.arm import DeploymentScope, snapshot

HERE = Path(__file__).parent
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
CONTEXT: dict[str, Any] = {
    "tenantId": "11111111-1111-1111-1111-111111111111",
    "managementGroupId": None,
    "subscriptionId": SUBSCRIPTION,
    "resourceGroup": "rg",
    "location": "westeurope",
    "deploymentName": "main",
}
PARAMETERS = {"s": "sec", "so": {"a": "x"}}


def given_template(expression: str) -> dict[str, Any]:
    """What every row of the corpora of expressions is evaluated in: the property `v` of the resource `r`."""
    other = {"type": "A.B/c", "apiVersion": "2020-01-01", "name": "o", "properties": {"x": "known", "y": "[parameters('s')]", "arr": [1, 2]}}
    return {
        "$schema": SCHEMA,
        "languageVersion": "2.0",
        "contentVersion": "1.0.0.0",
        "parameters": {
            "s": {"type": "securestring"},
            "so": {"type": "secureObject"},
            "n": {"type": "string", "nullable": True},
            "now": {"type": "string", "defaultValue": "[utcNow()]"},
            "id": {"type": "string", "defaultValue": "[newGuid()]"},
        },
        "variables": {"vs": "[concat('v', parameters('s'))]", "vo": {"a": 1, "b": "[parameters('s')]"}},
        "resources": {"other": other, "r": {"type": "A.B/c", "apiVersion": "2020-01-01", "name": "r", "properties": {"v": f"[{expression}]"}}},
        "outputs": {},
    }


def read_corpus(folder: str) -> dict[str, list[dict[str, Any]]]:
    """name of a file: its rows."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / folder).glob("*.json"))}


def take_snapshot(template: dict[str, Any], parameters: Mapping[str, Any], scope: Mapping[str, Any] | None = None) -> Any:
    """Ours, as JSON would carry it."""
    said = {**CONTEXT, **(scope or {})}
    answer = snapshot(
        template,
        parameters,
        tenant_id=said["tenantId"],
        management_group_id=said["managementGroupId"],
        subscription_id=said["subscriptionId"],
        resource_group=said["resourceGroup"],
        location=said["location"],
        deployment_name=said["deploymentName"],
    )
    return json.loads(json.dumps(answer))


def value_of(answer: Any) -> Any:
    """The property `v` of the resource `r`."""
    return next(resource for resource in answer["predictedResources"] if resource["name"] == "r")["properties"]["v"]


def by_id(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Resources in an order of their own."""
    return sorted(resources, key=lambda resource: json.dumps(resource, sort_keys=True))


SCOPE = DeploymentScope(CONTEXT["tenantId"], SUBSCRIPTION, "rg", None, "westeurope", "main")


class OfficialEngine:
    """Azure's engine inside the official Bicep CLI (`bicep jsonrpc`)."""

    def __init__(self, program: Path, folder: Path) -> None:
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "0"}
        self._folder = folder
        self._process = subprocess.Popen(
            [str(program), "jsonrpc", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )

    def stop(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.terminate()
        self._process.wait(10)

    def snapshot(self, template: dict[str, Any], parameters: Mapping[str, Any], scope: Mapping[str, Any] | None = None) -> Any:
        """What the official engine says; None where it refuses."""
        (self._folder / "case.json").write_text(json.dumps(template), encoding="utf-8")
        path = self._folder / "case.bicepparam"
        path.write_text("using 'case.json'\n" + "".join(f"param {name} = {_literal(value)}\n" for name, value in parameters.items()), encoding="utf-8")
        answer = self._ask("bicep/getSnapshot", {"path": str(path), "metadata": {**CONTEXT, **(scope or {})}, "externalInputs": None})
        return None if answer is None else json.loads(answer["snapshot"])

    def _ask(self, method: str, parameters: dict[str, Any]) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": [parameters]}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        answer = json.loads(self._process.stdout.read(length))
        return answer.get("result")


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        return "{\n" + "".join(f"{key}: {_literal(item)}\n" for key, item in value.items()) + "}"
    return f"'{value}'" if isinstance(value, str) else json.dumps(value)
