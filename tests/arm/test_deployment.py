"""Deployments step by step, against a small cloud in memory that keeps what is put."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.arm import UNRESOLVED, Deployment, expand, start
from orchestrator.arm.template.graph import find_cycle
from orchestrator.model.errors import ArmError
from tests.arm.harness import SCHEMA, SCOPE, SUBSCRIPTION

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"


class Cloud:
    """Keeps bodies by id; gives every resource a `state` of its own."""

    def __init__(self) -> None:
        self.bodies: dict[str, Any] = {}
        self.order: list[str] = []

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Any:
        body = self.bodies.get(resource_id.lower())
        if body is None:
            return UNRESOLVED
        return body if full else body["properties"]

    def list_action(self, action: str, resource_id: str, api_version: str, body: Any) -> Any:
        return {"action": action, "keys": [{"value": f"key of {resource_id.rsplit('/', 1)[-1]}"}]}

    def utc_now(self, format: str) -> str:  # noqa: A002
        return f"now as {format}"

    def new_guid(self) -> str:
        return "5a9b0d3c-0000-0000-0000-000000000000"

    def deployer(self) -> Any:
        return {"objectId": "me", "tenantId": SCOPE.tenant_id}

    def resource_group(self, subscription_id: str, name: str) -> Any:
        identifier = f"/subscriptions/{subscription_id}/resourceGroups/{name}"
        return {"id": identifier, "name": name, "type": "Microsoft.Resources/resourceGroups", "location": "westeurope", "tags": {"a": "b"}, "properties": {}}

    def run(self, deployment: Deployment) -> Any:
        """Deploy everything, each when all it waits for is done."""
        waiting = {node.key: node for node in deployment.nodes}
        while waiting:
            ready = [node for node in waiting.values() if not node.depends_on & waiting.keys()]
            assert ready, "nothing can go on"
            for node in ready:
                del waiting[node.key]
                if not node.condition or node.existing:
                    continue
                self.order.append(node.key)
                if node.type.lower() == "microsoft.resources/deployments":
                    outputs = self.run(deployment.nested(node, self))
                    self.bodies[node.resource_id.lower()] = {"properties": {"outputs": outputs, "provisioningState": "Succeeded"}}
                    continue
                body = deployment.evaluate(node, self)
                self.bodies[node.resource_id.lower()] = {
                    **body,
                    "id": node.resource_id,
                    "properties": {**body.get("properties", {}), "state": f"of {node.key}"},
                }
        return deployment.outputs(self)


def template(**sections: Any) -> dict[str, Any]:
    return {"$schema": SCHEMA, "languageVersion": "2.0", "contentVersion": "1.0.0.0", **sections}


def resource(name: str, **members: Any) -> dict[str, Any]:
    return {"type": "A.B/c", "apiVersion": "2020-01-01", "name": name, "properties": {}, **members}


def module(inner: dict[str, Any], name: str = "m", **parameters: Any) -> dict[str, Any]:
    properties = {"expressionEvaluationOptions": {"scope": "inner"}, "mode": "Incremental", "parameters": parameters, "template": inner}
    return {"type": "Microsoft.Resources/deployments", "apiVersion": "2025-04-01", "name": name, "properties": properties}


def test_values_flow_from_resource_to_module_to_resource_to_output() -> None:
    inner = template(
        parameters={"p": {"type": "string"}},
        resources={"x": resource("x", properties={"p": "[parameters('p')]"})},
        outputs={"o": {"type": "string", "value": "[concat(reference('x').p, '!')]"}},
    )
    outer = template(
        resources={
            "last": resource("last", properties={"o": "[reference('m').outputs.o.value]", "key": "[listKeys('first', '2020-01-01').keys[0].value]"}),
            "m": module(inner, p={"value": "[reference('first').state]"}),
            "first": resource("first", location="[resourceGroup().location]", tags={"n": "[deployment().name]"}),
        },
        outputs={"all": {"type": "object", "value": "[reference('last', '2020-01-01', 'full')]"}},
    )
    cloud = Cloud()
    deployment = start(outer, {}, SCOPE, cloud)
    assert {node.key: set(node.depends_on) for node in deployment.nodes} == {"first": set(), "m": {"first"}, "last": {"m", "first"}}
    outputs = cloud.run(deployment)
    assert cloud.order == ["first", "m", "x", "last"]
    assert outputs["all"]["type"] == "Object"
    assert outputs["all"]["value"]["properties"] == {"o": "of first!", "key": "key of first", "state": "of last"}
    assert cloud.bodies[f"{GROUP}/providers/A.B/c/first".lower()]["tags"] == {"n": "main"}


def test_a_resource_outside_is_read_while_modules_wait() -> None:
    cloud = Cloud()
    outside = f"{GROUP}/providers/X.Y/z/there"
    cloud.bodies[outside.lower()] = {"properties": {"v": 7}}
    inner = template(parameters={"p": {"type": "string"}}, resources={})
    reads = resource("y", properties={"v": f"[reference('{outside}', '2020-01-01').v]"})
    outer = template(resources={"m": module(inner, p={"value": "[reference('y').state]"}), "y": reads})
    cloud.run(start(outer, {}, SCOPE, cloud))
    assert cloud.order == ["y", "m"]
    assert cloud.bodies[f"{GROUP}/providers/A.B/c/y".lower()]["properties"]["v"] == 7


def test_after_a_deployment_the_plan_knows_everything() -> None:
    inner = template(resources={"x": resource("x")}, outputs={"o": {"type": "string", "value": "[reference('x').state]"}})
    outer = template(resources={"m": module(inner), "y": resource("y", properties={"o": "[reference('m').outputs.o.value]"})})
    cloud = Cloud()
    before = {body["name"]: body for body in expand(outer, {}, SCOPE, cloud).resources}
    assert before["y"]["properties"]["o"] == f"[reference('{GROUP}/providers/A.B/c/x', '2020-01-01').state]"
    cloud.run(start(outer, {}, SCOPE, cloud))
    after = {body["name"]: body for body in expand(outer, {}, SCOPE, cloud).resources}
    assert after["y"]["properties"]["o"] == "of x"


def test_loops_in_batches_wait_for_the_batch_before() -> None:
    loop = resource("[format('r{0}', copyIndex())]", copy={"name": "r", "count": 5, "mode": "serial", "batchSize": 2})
    deployment = start(template(resources={"r": loop, "after": resource("z", dependsOn=["r"]), "one": resource("o", dependsOn=["r[3]"])}), {}, SCOPE, Cloud())
    edges = {node.key: set(node.depends_on) for node in deployment.nodes}
    assert edges["r[1]"] == set()
    assert edges["r[2]"] == edges["r[3]"] == {"r[0]", "r[1]"}
    assert edges["r[4]"] == {"r[2]", "r[3]"}
    assert edges["after"] == {f"r[{number}]" for number in range(5)}
    assert edges["one"] == {"r[3]"}


def test_lists_of_resources_know_dependencies_by_name_type_and_id() -> None:
    resources = [
        resource("a", dependsOn=["b", "A.B/c/c", "[resourceId('A.B/c', 'd')]", "A.B/c/e", "loop"]),
        *(resource(name) for name in "bcde"),
        resource("[concat('l', copyIndex())]", copy={"name": "loop", "count": 2}),
        resource("f", properties={"x": "[reference('b').state]", "y": "[reference(resourceId('A.B/c', 'c'), '2020-01-01').state]"}),
        resource("p", resources=[{"type": "kid", "apiVersion": "2020-01-01", "name": "k", "dependsOn": ["p"]}]),
    ]
    classic = {key: value for key, value in template(resources=resources).items() if key != "languageVersion"}
    cloud = Cloud()
    deployment = start(classic, {}, SCOPE, cloud)
    edges = {node.name: {key.rsplit("/", 1)[-1] for key in node.depends_on} for node in deployment.nodes}
    assert edges["a"] == {"b", "c", "d", "e", "l0", "l1"}
    assert edges["f"] == {"b", "c"}
    assert edges["p/k"] == {"p"}
    cloud.run(deployment)
    assert cloud.bodies[f"{GROUP}/providers/A.B/c/f".lower()]["properties"]["x"].startswith("of /subscriptions")


def test_conditions_and_existing_resources_are_marked_and_not_put() -> None:
    resources = {
        "off": resource("[int('not evaluated')]", condition=False),
        "there": resource("t", existing=True),
        "on": resource("on", condition="[not(false())]", properties={"x": "[if(true(), 'x', reference('off').y)]"}),
    }
    cloud = Cloud()
    deployment = start(template(resources=resources), {}, SCOPE, cloud)
    assert [(node.key, node.condition, node.existing) for node in deployment.nodes] == [("off", False, False), ("there", True, True), ("on", True, False)]
    cloud.run(deployment)
    assert cloud.order == ["on"]


def test_outer_scope_sees_the_outer_template() -> None:
    inner = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "variables": {"v": "inner"}, "resources": [resource("x", properties={"v": "[variables('v')]"})]}
    nested = module(inner)
    del nested["properties"]["expressionEvaluationOptions"]
    outer = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "variables": {"v": "outer"}, "resources": [nested]}
    cloud = Cloud()
    cloud.run(start(outer, {}, SCOPE, cloud))
    assert cloud.bodies[f"{GROUP}/providers/A.B/c/x".lower()]["properties"]["v"] == "outer"


def test_secrets_reach_resources_but_no_parameters_that_are_shown() -> None:
    sections = {
        "parameters": {"s": {"type": "secureString"}, "n": {"type": "int", "defaultValue": 3}},
        "resources": {"x": resource("x", properties={"s": "[parameters('s')]"})},
        "outputs": {"out": {"type": "secureString", "value": "[parameters('s')]"}},
    }
    cloud = Cloud()
    deployment = start(template(**sections), {"s": "hunter2"}, SCOPE, cloud)
    assert deployment.parameters == {"s": {"type": "SecureString"}, "n": {"type": "Int", "value": 3}}
    assert deployment.secure_outputs == frozenset({"out"})
    assert cloud.run(deployment)["out"] == {"type": "SecureString", "value": "hunter2"}
    assert cloud.bodies[f"{GROUP}/providers/A.B/c/x".lower()]["properties"]["s"] == "hunter2"


def test_messages_do_not_say_secrets() -> None:
    declared = {"s": {"type": "secureString", "allowedValues": ["x"], "minLength": 50}, "t": {"type": "securestring"}}
    resources = {"a": resource("a", properties={"v": "[json(parameters('t'))]"})}
    with pytest.raises(ArmError) as raised:
        start(template(parameters=declared, resources={}), {"s": "hunter2", "t": "x"}, SCOPE, Cloud())
    assert "hunter2" not in str(raised.value.to_json())
    deployment = start(template(parameters={"t": declared["t"]}, resources=resources), {"t": "hunter2"}, SCOPE, Cloud())
    with pytest.raises(ArmError) as raised:
        deployment.evaluate(deployment.nodes[0], Cloud())
    assert "hunter2" not in str(raised.value.to_json())


def test_the_clock_and_guids_come_from_the_runtime_once() -> None:
    sections = {
        "parameters": {"now": {"type": "string", "defaultValue": "[utcNow('yyyy')]"}, "id": {"type": "string", "defaultValue": "[newGuid()]"}},
        "resources": {"x": resource("x", properties={"now": "[parameters('now')]", "id": "[parameters('id')]", "me": "[deployer().objectId]"})},
    }
    cloud = Cloud()
    cloud.run(start(template(**sections), {}, SCOPE, cloud))
    state = cloud.bodies[f"{GROUP}/providers/A.B/c/x".lower()]["properties"]
    assert (state["now"], state["id"], state["me"]) == ("now as yyyy", cloud.new_guid(), "me")


REFUSED: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "parameters: every problem": (
        template(parameters={"a": {"type": "string"}, "b": {"type": "int"}, "c": {"type": "string", "allowedValues": ["x"]}}, resources={}),
        {"b": "1", "c": "y", "d": 1},
        ["'a' is not provided", "parameter 'b' is not valid. Expected a value of type 'Integer'", "not part of the allowed value(s): 'x'", "'d' is not found"],
    ),
    "a circle": (
        template(resources={"a": resource("a", dependsOn=["b"]), "b": resource("b", properties={"x": "[reference('a').y]"})}),
        {},
        ["Circular dependency"],
    ),
    "doubled ids": (template(resources={"a": resource("x"), "b": resource("X")}), {}, ["defined multiple times"]),
    "unknown dependencies": (
        template(resources={"a": resource("a", dependsOn=["nosuch"]), "b": resource("b", dependsOn=["other"])}),
        {},
        ["'nosuch' is not defined in the template", "'other' is not defined in the template"],
    ),
    "a condition that is no boolean": (
        template(resources={"a": resource("a", condition="yes")}),
        {},
        ["condition of the template resource 'a' must be of type 'Boolean'"],
    ),
    "parameters that differ in case": (
        template(parameters={"p": {"type": "int", "defaultValue": 1}, "P": {"type": "int", "defaultValue": 1}}, resources={}),
        {},
        ["twice"],
    ),
    "no type": (template(resources={"a": {"name": "a"}}), {}, ["needs a 'type'"]),
    "no API version": (template(resources={"a": {"type": "A.B/c", "name": "a"}}), {}, ["'apiVersion' property is not defined"]),
    "wrong segments": (template(resources={"a": resource("a/b")}), {}, ["incorrect segment lengths"]),
    "an unknown function": (template(resources={"a": resource("[nosuch()]")}), {}, ["The template function 'nosuch' is not valid"]),
    "reference() in a name": (
        template(resources={"a": resource("[reference('b').x]"), "b": resource("b")}),
        {},
        ["'reference' is not expected at this location"],
    ),
    "too many copies": (template(resources={"a": resource("a", copy={"name": "a", "count": 801})}), {}, ["invalid copy count"]),
    "extensions": (template(extensions={"k": {"name": "Kubernetes"}}, resources={}), {}, ["'extensions' is not supported by this engine"]),
    "no schema": ({"contentVersion": "1.0.0.0", "resources": []}, {}, ["'$schema' is missing"]),
    "too many outputs": (template(resources={}, outputs={f"o{n}": {"type": "int", "value": n} for n in range(65)}), {}, ["Limit: '64' and actual: '65'"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_before_anything_is_done(name: str) -> None:
    given_template, parameters, messages = REFUSED[name]
    with pytest.raises(ArmError) as raised:
        start(given_template, parameters, SCOPE, Cloud())
    error = raised.value
    assert error.code == "InvalidTemplate"
    assert len(messages) == max(1, len(error.details))
    for message, leaf in zip(messages, error.leaves(), strict=True):
        assert message in leaf.message


def test_what_does_not_resolve_is_an_error_of_that_resource() -> None:
    cloud = Cloud()
    deployment = start(
        template(resources={"a": resource("a", properties={"x": f"[reference('{GROUP}/providers/A.B/c/zz', '2020-01-01').y]"})}), {}, SCOPE, cloud
    )
    with pytest.raises(ArmError, match="The template resource 'a' is not valid"):
        deployment.evaluate(deployment.nodes[0], cloud)


def test_outputs_that_fail_say_so() -> None:
    cloud = Cloud()
    deployment = start(template(resources={"a": resource("a")}, outputs={"o": {"type": "string", "value": "[reference('a').nosuch]"}}), {}, SCOPE, cloud)
    with pytest.raises(ArmError) as raised:
        cloud.run(deployment)
    assert raised.value.code == "DeploymentOutputEvaluationFailed"
    assert "'nosuch' doesn't exist" in raised.value.leaves()[0].message


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.sampled_from("abcdefgh"))))
def test_a_circle_is_found_exactly_where_nothing_can_go_on(edges: dict[str, frozenset[str]]) -> None:
    edges = {key: edges.get(key, frozenset()) for key in "abcdefgh"}
    waiting = dict(edges)
    while ready := [key for key in waiting if not waiting[key] & waiting.keys()]:
        for key in ready:
            del waiting[key]
    cycle = find_cycle(edges)
    assert (cycle is not None) == bool(waiting)
    if cycle is not None:
        assert cycle[0] == cycle[-1]
        assert all(later in edges[earlier] for earlier, later in pairwise(cycle))
