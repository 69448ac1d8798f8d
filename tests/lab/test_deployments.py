"""Deployments with the real SDK: outcomes, operations, failures, what-if, secrets, interruption."""

import json
import os
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError

from orchestrator.lab import lifecycle
from tests.lab.conftest import Sdk
from tests.waiting import wait_until

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
ADDRESS_TYPE = {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2026-03-01"}


def template(resources: Any, **rest: Any) -> dict[str, Any]:
    return {"$schema": SCHEMA, "languageVersion": "2.0", "contentVersion": "1.0.0.0", "resources": resources, **rest}


def address(name: str, **rest: Any) -> dict[str, Any]:
    return {
        **ADDRESS_TYPE,
        "name": name,
        "location": "[resourceGroup().location]",
        "sku": {"name": "Standard"},
        "properties": {"publicIPAllocationMethod": "Static"},
        **rest,
    }


def body(resources: Any, given: dict[str, Any] | None = None, mode: str = "Incremental", **rest: Any) -> dict[str, Any]:
    values = {name: {"value": value} for name, value in (given or {}).items()}
    return {"properties": {"mode": mode, "template": template(resources, **rest), "parameters": values}}


ROUTES = {
    "type": "Microsoft.Network/routeTables",
    "apiVersion": "2026-03-01",
    "name": "t",
    "location": "West Europe",
    "properties": {
        "routes": [
            {"name": "own", "properties": {"addressPrefix": "[format('{0}/32', reference('inner').outputs.address.value)]", "nextHopType": "Internet"}},
        ]
    },
}
NESTED = {
    "type": "Microsoft.Resources/deployments",
    "apiVersion": "2025-04-01",
    "name": "inner-deployment",
    "properties": {
        "expressionEvaluationOptions": {"scope": "inner"},
        "mode": "Incremental",
        "template": template({"p": address("p")}, outputs={"address": {"type": "string", "value": "[reference('p').ipAddress]"}}),
    },
}
TREE = {"inner": NESTED, "table": ROUTES}
OUTPUTS = {"outputs": {"where": {"type": "string", "value": "[reference('inner').outputs.address.value]"}}}


def name_of(group: str) -> str:
    return group.rsplit("/", 1)[-1]


def deploy(sdk: Sdk, group: str, request: dict[str, Any], name: str = "main") -> Any:
    return sdk.deployments.deployments.begin_create_or_update(name_of(group), name, request).result()


def what_if(sdk: Sdk, group: str, request: dict[str, Any]) -> dict[str, str]:
    answer = sdk.deployments.deployments.begin_what_if(name_of(group), "main", request).result()
    return {change.resource_id.rsplit("/", 1)[-1]: str(change.change_type.value) for change in answer.changes}


def deployment_body(sdk: Sdk, group: str, name: str = "main") -> Any:
    return sdk.get(f"{group}/providers/Microsoft.Resources/deployments/{name}", "2025-04-01")


def test_a_tree_is_deployed_in_order_and_a_second_time_changes_nothing(sdk: Sdk, group: str) -> None:
    made = deploy(sdk, group, body(TREE, **OUTPUTS))
    assert made.properties.provisioning_state == "Succeeded"
    n = f"{group}/providers/Microsoft.Network"
    resources = {path: sdk.get(f"{n}/{path}") for path in ("publicIPAddresses/p", "routeTables/t")}
    own = resources["publicIPAddresses/p"]["properties"]["ipAddress"]
    assert made.properties.outputs == {"where": {"type": "String", "value": own}}
    assert resources["routeTables/t"]["properties"]["routes"][0]["properties"]["addressPrefix"] == f"{own}/32"
    assert sorted(r.id for r in made.properties.output_resources) == [f"{n}/publicIPAddresses/p", f"{n}/routeTables/t"]
    inner = sdk.deployments.deployments.get(name_of(group), "inner-deployment")
    assert inner.properties.outputs == {"address": {"type": "String", "value": own}}
    assert inner.properties.correlation_id == made.properties.correlation_id
    operations = list(sdk.deployments.deployment_operations.list(name_of(group), "main"))
    assert [o.properties.provisioning_operation for o in operations] == ["Create", "Create", "EvaluateDeploymentOutput"]
    assert {o.properties.provisioning_state for o in operations} == {"Succeeded"}
    assert what_if(sdk, group, body(TREE, **OUTPUTS)) == {"p": "NoChange", "t": "NoChange"}
    deploy(sdk, group, body(TREE, **OUTPUTS))
    assert {path: sdk.get(f"{n}/{path}") for path in resources} == resources
    assert sorted(d.name for d in sdk.deployments.deployments.list_by_resource_group(name_of(group))) == ["inner-deployment", "main"]
    exported = sdk.deployments.deployments.export_template(name_of(group), "main").template
    assert exported["resources"]["table"]["name"] == "t"
    sdk.deployments.deployments.begin_delete(name_of(group), "main").result()
    assert not sdk.deployments.deployments.check_existence(name_of(group), "main")


def test_what_if_says_what_changes_and_only_that(sdk: Sdk, group: str) -> None:
    assert what_if(sdk, group, body(TREE)) == {"p": "Create", "t": "Create"}
    deploy(sdk, group, body(TREE))
    routes = json.loads(json.dumps(ROUTES))
    routes["properties"]["routes"].append({"name": "more", "properties": {"addressPrefix": "1.2.3.0/24", "nextHopType": "Internet", "nextHopIpAddress": None}})
    answer = sdk.deployments.deployments.begin_what_if(name_of(group), "main", body({"inner": NESTED, "table": routes})).result()
    changes = {change.resource_id.rsplit("/", 1)[-1]: change for change in answer.changes}
    assert changes["p"].change_type == "NoChange"
    assert changes["t"].change_type == "Modify"
    (delta,) = changes["t"].delta
    assert (delta.path, delta.property_change_type, [child.path for child in delta.children]) == ("properties.routes", "Array", ["1"])
    assert delta.children[0].after["name"] == "more"
    assert what_if(sdk, group, body({"inner": NESTED})) == {"p": "NoChange", "t": "Ignore"}
    assert what_if(sdk, group, body({"inner": NESTED}, mode="Complete")) == {"p": "NoChange", "t": "Delete"}
    deploy(sdk, group, body({"inner": NESTED}, mode="Complete"))
    assert what_if(sdk, group, body(TREE)) == {"p": "NoChange", "t": "Create"}


def test_a_child_on_its_own_and_inside_its_parent(sdk: Sdk, group: str) -> None:
    route = {"type": "Microsoft.Network/routeTables/routes", "apiVersion": "2026-03-01", "name": "t/r", "dependsOn": ["table"]}
    route["properties"] = {"addressPrefix": "10.0.0.0/8", "nextHopType": "None"}  # type: ignore[assignment]
    bare = {**ROUTES, "properties": {}}
    both = body({"table": bare, "route": route})
    assert what_if(sdk, group, both) == {"t": "Create", "r": "Create"}
    deploy(sdk, group, both)
    assert what_if(sdk, group, both) == {"t": "NoChange", "r": "NoChange"}
    assert sdk.get(f"{group}/providers/Microsoft.Network/routeTables/t/routes/r")["properties"]["nextHopType"] == "None"


def test_what_only_a_deployment_resolves_is_no_change_after_it(sdk: Sdk, group: str) -> None:
    def request(salt: str) -> dict[str, Any]:
        parameters = {"at": {"type": "string", "defaultValue": "[utcNow()]"}, "secret": {"type": "securestring"}}
        tags = {"at": "[parameters('at')]", "hash": f"[uniqueString(parameters('secret'), '{salt}')]"}
        return body({"p": address("p", tags=tags)}, {"secret": "s3cret"}, parameters=parameters)

    assert what_if(sdk, group, request("a")) == {"p": "Create"}
    deploy(sdk, group, request("a"))
    assert what_if(sdk, group, request("a")) == {"p": "NoChange"}
    assert what_if(sdk, group, request("b")) == {"p": "Unsupported"}


def test_secure_values_are_stored_nowhere(sdk: Sdk, group: str, lab_directory: Path) -> None:
    secret = "hunter2-is-not-to-be-found"
    secure = {"secret": {"type": "securestring"}}
    outputs = {"shown": {"type": "string", "value": "ok"}, "hidden": {"type": "securestring", "value": "[parameters('secret')]"}}
    inner = {**NESTED, "properties": {**NESTED["properties"], "parameters": {"secret": {"value": "[parameters('secret')]"}}}}  # type: ignore[dict-item]
    inner["properties"]["template"] = template({}, parameters=secure, outputs=outputs)  # type: ignore[index]
    made = deploy(sdk, group, body({"inner": inner}, {"secret": secret}, parameters=secure, outputs=outputs))
    assert made.properties.parameters == {"secret": {"type": "SecureString"}}
    assert made.properties.outputs["hidden"] == {"type": "SecureString"}
    assert secret not in json.dumps([deployment_body(sdk, group), deployment_body(sdk, group, "inner-deployment")])
    operations = sdk.get(f"{group}/providers/Microsoft.Resources/deployments/main/operations", "2025-04-01")
    assert operations["value"][0]["properties"]["request"]["content"]["operationId"] == operations["value"][0]["operationId"]
    for path in filter(Path.is_file, lab_directory.rglob("*")):
        assert secret.encode() not in path.read_bytes(), path


def test_a_failure_names_its_cause_at_every_level(sdk: Sdk, group: str) -> None:
    broken = json.loads(json.dumps(NESTED))
    broken["properties"]["template"]["resources"]["p"]["properties"] = {}
    request = body({"inner": broken, "other": address("q"), "table": ROUTES})
    with pytest.raises(HttpResponseError) as failed:
        deploy(sdk, group, request)
    assert failed.value.error.code == "DeploymentFailed"
    stored = deployment_body(sdk, group)["properties"]
    assert stored["provisioningState"] == "Failed"
    (wrapped,) = stored["error"]["details"]
    assert (wrapped["code"], wrapped["details"][0]["code"]) == ("ResourceDeploymentFailure", "DeploymentFailed")
    assert wrapped["details"][0]["details"][0]["code"] == "StandardSkuPublicIPAddressesMustBeStatic"
    operations = {o.properties.target_resource.resource_name: o for o in sdk.deployments.deployment_operations.list(name_of(group), "main")}
    assert operations["inner-deployment"].properties.provisioning_state == "Failed"
    assert operations["inner-deployment"].properties.status_message.error.code == "ResourceDeploymentFailure"
    assert operations["q"].properties.provisioning_state == "Succeeded", "independent resources go on"
    assert "t" not in operations, "what depends on a failure is not begun"


@pytest.mark.parametrize(
    ("request_body", "code"),
    [
        (body({"x": {**address("x"), "type": "Microsoft.Network/nothings"}}), "InvalidTemplateDeployment"),
        (body({"p": address("p")}, {"unknown": 1}), "InvalidTemplate"),
        (body({"p": address("p")}, parameters={"needed": {"type": "string"}}), "InvalidTemplate"),
        ({"properties": {"mode": "Incremental", "templateLink": {"uri": "https://x"}}}, "LabNotSupported"),
        ({"properties": {"mode": "Sometimes", "template": template({})}}, "InvalidDeploymentMode"),
        ({}, "InvalidRequestContent"),
    ],
)
def test_refused_before_anything_is_done(sdk: Sdk, group: str, request_body: dict[str, Any], code: str) -> None:
    path = f"{group}/providers/Microsoft.Resources/deployments/main"
    for method, action in (("PUT", ""), ("POST", "/validate"), ("POST", "/whatIf")):
        status, answer = sdk.send(method, f"{path}{action}?api-version=2025-04-01", request_body)
        assert (status, answer["error"]["code"]) == (400, code)
    assert sdk.send("GET", f"{path}?api-version=2025-04-01")[1]["error"]["code"] == "DeploymentNotFound"


def test_a_missing_group(sdk: Sdk) -> None:
    for operation in (sdk.deployments.deployments.begin_what_if, sdk.deployments.deployments.begin_create_or_update):
        with pytest.raises(HttpResponseError) as missing:
            operation("none", "main", body({}))
        assert (missing.value.status_code, missing.value.error.code) == (404, "ResourceGroupNotFound")


def test_validate(sdk: Sdk, group: str) -> None:
    answer = sdk.deployments.deployments.begin_validate(name_of(group), "main", body(TREE)).result()
    assert answer.error is None
    assert sdk.deployments.deployments.check_existence(name_of(group), "main") is False


def test_azs_malformed_body_is_understood(sdk: Sdk, group: str) -> None:
    text = (
        '{"properties": {"mode": "Incremental", template: {"$schema": "'
        + SCHEMA
        + '", // a comment: "x"\n "contentVersion": "1.0.0.0", /* more */ "resources": [],}}}'
    )
    status, answer = sdk.send("PUT", f"{group}/providers/Microsoft.Resources/deployments/az?api-version=2025-04-01", text.encode())
    assert (status, answer["properties"]["mode"]) == (201, "Incremental")


def test_groups_of_one_policy_are_written_one_at_a_time(sdk: Sdk, group: str) -> None:
    policy = {"type": "Microsoft.Network/firewallPolicies", "apiVersion": "2026-03-01", "name": "f", "location": "westeurope", "properties": {}}

    def rules(name: str, priority: int, after: list[str]) -> dict[str, Any]:
        properties = {"priority": priority, "ruleCollections": []}
        return {"type": f"{policy['type']}/ruleCollectionGroups", "apiVersion": "2026-03-01", "name": name, "dependsOn": after, "properties": properties}

    parallel = body({"policy": policy, "a": rules("f/a", 100, ["policy"]), "b": rules("f/b", 200, ["policy"])})
    with pytest.raises(HttpResponseError, match="AnotherOperationInProgress"):
        deploy(sdk, group, parallel)
    deploy(sdk, group, body({"policy": policy, "a": rules("f/a", 100, ["policy"]), "b": rules("f/b", 200, ["policy", "a"])}))


def test_cancel_and_a_deployment_that_is_active(sdk: Sdk, group: str) -> None:
    sdk.send("PUT", "/lab/pace", {"seconds": 5})
    try:
        sdk.deployments.deployments.begin_create_or_update(name_of(group), "main", body(TREE), polling=False)
        with pytest.raises(HttpResponseError) as active:
            deploy(sdk, group, body(TREE))
        assert active.value.error.code == "DeploymentActive"
        sdk.deployments.deployments.cancel(name_of(group), "main")
        assert deployment_body(sdk, group)["properties"]["provisioningState"] == "Canceled"
        with pytest.raises(HttpResponseError) as ended:
            sdk.deployments.deployments.cancel(name_of(group), "main")
        assert ended.value.error.code == "DeploymentCannotBeCancelled"
    finally:
        sdk.send("PUT", "/lab/pace", {"seconds": 0})


def test_at_a_subscription(sdk: Sdk) -> None:
    inner = {**NESTED, "resourceGroup": "rg-made-here", "dependsOn": ["group"]}
    group = {"type": "Microsoft.Resources/resourceGroups", "apiVersion": "2024-11-01", "name": "rg-made-here", "location": "westeurope"}
    made = template({"group": group, "inner": inner}) | {"$schema": SCHEMA.replace("deploymentTemplate", "subscriptionDeploymentTemplate")}
    request = {"location": "westeurope", "properties": {"mode": "Incremental", "template": made}}
    result = sdk.deployments.deployments.begin_create_or_update_at_subscription_scope("sub", request).result()
    assert result.properties.provisioning_state == "Succeeded"
    assert sdk.resources.resource_groups.get("rg-made-here").location == "westeurope"
    sdk.resources.resource_groups.begin_delete("rg-made-here").result()


def states(sdk: Sdk) -> dict[str, str]:
    """Resource -> how its operation stands, of the deployment main in rg."""
    operations = sdk.deployments.deployment_operations.list("rg", "main")
    return {one.properties.target_resource.resource_name: one.properties.provisioning_state for one in operations}


def test_killed_in_the_middle_nothing_acknowledged_is_lost(own_directory: Path) -> None:
    directory = own_directory
    target = lifecycle.ensure_started(directory)
    sdk = Sdk(target)
    sdk.resources.resource_groups.create_or_update("rg", {"location": "westeurope", "tags": {"kept": "yes"}})
    sdk.send("PUT", "/lab/pace", {"seconds": 2.0})
    group = f"/subscriptions/{target.subscription_id}/resourceGroups/rg"
    chain = {"a": address("a"), "b": address("b", dependsOn=["a"]), "c": address("c", dependsOn=["b"])}
    sdk.deployments.deployments.begin_create_or_update("rg", "main", body(chain), polling=False)
    wait_until(lambda: states(sdk) == {"a": "Succeeded", "b": "Running"})
    before = sdk.get(f"{group}/providers/Microsoft.Network/publicIPAddresses/a")
    os.kill(lifecycle.status(directory)["pid"], signal.SIGKILL)
    again = lifecycle.ensure_started(directory)
    assert again == target, "the same port and secret: exported variables stay valid"
    assert sdk.resources.resource_groups.get("rg").tags == {"kept": "yes"}
    assert sdk.get(f"{group}/providers/Microsoft.Network/publicIPAddresses/a") == before
    stored = deployment_body(sdk, group)["properties"]
    assert (stored["provisioningState"], stored["error"]["code"]) == ("Failed", "DeploymentInterrupted")
    assert states(sdk) == {"a": "Succeeded", "b": "Failed"}
    sdk.send("PUT", "/lab/pace", {"seconds": 0})
    assert deploy(sdk, group, body(chain)).properties.provisioning_state == "Succeeded"
    assert sdk.get(f"{group}/providers/Microsoft.Network/publicIPAddresses/a") == before
    assert what_if(sdk, group, body(chain)) == {"a": "NoChange", "b": "NoChange", "c": "NoChange"}
    sdk.close()
    assert lifecycle.stop(directory) is True
    assert lifecycle.stop(directory) is False
    with sqlite3.connect(directory / "state.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_ended_in_the_middle_it_is_interrupted_too(own_directory: Path) -> None:
    directory = own_directory
    sdk = Sdk(lifecycle.ensure_started(directory, pace=5))
    group = str(sdk.resources.resource_groups.create_or_update("rg", {"location": "westeurope"}).id)
    sdk.deployments.deployments.begin_create_or_update("rg", "main", body(TREE), polling=False)
    wait_until(lambda: "inner-deployment" in [deployment.name for deployment in sdk.deployments.deployments.list_by_resource_group("rg")])
    assert lifecycle.stop(directory) is True
    lifecycle.ensure_started(directory, pace=0)
    for name in ("main", "inner-deployment"):
        stored = deployment_body(sdk, group, name)["properties"]
        assert (stored["provisioningState"], stored["error"]["code"]) == ("Failed", "DeploymentInterrupted")
    assert sdk.get(f"{group}/providers/Microsoft.Network/publicIPAddresses/p")["properties"]["provisioningState"] == "Failed"
    assert deploy(sdk, group, body(TREE)).properties.provisioning_state == "Succeeded"
    sdk.close()
    lifecycle.stop(directory)


def test_what_azure_never_gives_back_is_not_stored(sdk: Sdk, group: str, lab_directory: Path) -> None:
    password = "P4ssw0rd-that-nobody-may-find"
    pool = {"name": "np", "mode": "System", "count": 1, "vmSize": "Standard_D2s_v5"}
    properties = {"dnsPrefix": "c", "agentPoolProfiles": [pool], "windowsProfile": {"adminUsername": "admin", "adminPassword": "[parameters('password')]"}}
    cluster = {"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2026-08-01", "name": "c", "location": "westeurope"}
    resource = {**cluster, "identity": {"type": "SystemAssigned"}, "properties": properties}
    request = body({"c": resource}, {"password": password}, parameters={"password": {"type": "securestring"}})
    deploy(sdk, group, request)
    made = sdk.get(f"{group}/providers/Microsoft.ContainerService/managedClusters/c", "2026-08-01")
    assert made["properties"]["windowsProfile"] == {"adminUsername": "admin"}
    assert what_if(sdk, group, request) == {"c": "NoChange"}
    for path in filter(Path.is_file, lab_directory.rglob("*")):
        assert password.encode() not in path.read_bytes(), path
