"""Templates beside each other: what each reads of the others, until nothing changes; what nobody makes; what two of them make."""

from typing import Any

import pytest

from orchestrator.arm import DeploymentScope, Joint, Part, expand_together, unknown_value
from orchestrator.arm.resource_set import Find
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"


def scope(group: str, name: str = "main") -> DeploymentScope:
    return DeploymentScope("t", SUBSCRIPTION, group, None, "westeurope", name)


def resource_id(group: str, name: str, kind: str = "A.B/c") -> str:
    return f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{group}/providers/{kind}/{name}"


def resource(name: str, properties: Any, **more: Any) -> JsonObject:
    return {"type": "A.B/c", "apiVersion": "2020-01-01", "name": name, "properties": properties, **more}


def part(group: str, *resources: JsonObject, exists: bool = False, outputs: JsonObject | None = None) -> Part:
    template = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": list(resources), "outputs": outputs or {}}
    return Part(group, template, {}, scope(group), exists)


def bodies(joint: Joint) -> dict[str, Any]:
    return {body["name"]: body.get("properties") for _, body in joint.resources}


def read(group: str, name: str, path: str, *, version: str = "2020-01-01") -> str:
    return f"[reference('{resource_id(group, name)}', '{version}').{path}]"


def test_each_reads_what_the_other_makes_in_whatever_order_and_version() -> None:
    hub = part("hub", resource("h", {"own": "10.0.0.4", "seen": read("spoke", "s", "range", version="2023-01-01")}))
    spoke = part("spoke", resource("s", {"range": "10.1.0.0/16", "hop": read("hub", "h", "own"), "back": read("hub", "h", "seen")}))
    expected = {"h": {"own": "10.0.0.4", "seen": "10.1.0.0/16"}, "s": {"range": "10.1.0.0/16", "hop": "10.0.0.4", "back": "10.1.0.0/16"}}
    for parts in ((hub, spoke), (spoke, hub)):
        joint = expand_together(parts)
        assert bodies(joint) == expected
        assert (joint.missing, joint.conflicts, joint.unexpanded, joint.uncertain) == ({}, (), (), ())


def test_a_value_passes_through_a_long_chain() -> None:
    count = 30
    parts = [part(f"g{n}", resource(f"r{n}", {"v": read(f"g{n + 1}", f"r{n + 1}", "v")})) for n in range(count)]
    parts.append(part(f"g{count}", resource(f"r{count}", {"v": "end"})))
    assert {properties["v"] for properties in bodies(expand_together(parts)).values()} == {"end"}


def test_a_true_circle_stays_an_expression() -> None:
    joint = expand_together([part("a", resource("x", {"v": read("b", "y", "v")})), part("b", resource("y", {"v": read("a", "x", "v")}))])
    assert bodies(joint) == {"x": {"v": read("b", "y", "v")}, "y": {"v": read("a", "x", "v")}}


def test_values_that_never_settle_are_an_error_that_names_the_parts() -> None:
    first = part("a", resource("x", {"v": f"[if(equals(reference('{resource_id('b', 'y')}', '2020-01-01').v, 0), 1, 0)]"}))
    second = part("b", resource("y", {"v": read("a", "x", "v")}))
    with pytest.raises(ArmError, match=r"ReferencesDoNotSettle: What these templates read of each other changes for ever: a, b"):
        expand_together([first, second], existing=[{"id": resource_id("a", "x"), "properties": {"v": 0}}])


def test_a_child_in_its_parents_body_is_found() -> None:
    network = {"subnets": [{"name": "Nodes", "properties": {"addressPrefix": "10.1.0.0/24"}}]}
    joint = expand_together([part("a", resource("v", network)), part("b", resource("r", {"range": read("a", "v/subnets/nodes", "addressPrefix")}))])
    assert bodies(joint)["r"] == {"range": "10.1.0.0/24"}


def compute(resource_id: str, body: JsonObject, find: Find) -> JsonObject:
    properties = body["properties"]
    other = find(str(properties.get("next", "")))
    return {"address": "computed", "said": "computed", "beyond": None if other is None else other["properties"]["said"]}


def test_what_azure_computes_is_read_and_is_not_in_the_bodies() -> None:
    first = part("a", resource("x", {"said": "here", "next": resource_id("b", "y")}))
    second = part("b", resource("y", {"said": "there", "a": read("a", "x", "address"), "s": read("a", "x", "said"), "b": read("a", "x", "beyond")}))
    found = bodies(expand_together([first, second], compute=compute))
    assert found["x"] == {"said": "here", "next": resource_id("b", "y")}
    assert found["y"] == {"said": "there", "a": "computed", "s": "here", "b": "there"}


def test_its_own_resources_have_computed_values_too() -> None:
    joint = expand_together([part("a", resource("x", {}), resource("y", {"v": read("a", "x", "address")}))], compute=compute)
    assert bodies(joint)["y"] == {"v": "computed"}
    assert joint.used == (resource_id("a", "x"),)


def test_what_nobody_makes_is_missing_and_stays() -> None:
    joint = expand_together([part("a", resource("x", {"v": read("b", "gone", "v")})), part("c", resource("y", {"v": read("b", "Gone", "w")}))])
    assert bodies(joint) == {"x": {"v": read("b", "gone", "v")}, "y": {"v": read("b", "Gone", "w")}}
    assert joint.missing == {resource_id("b", "gone"): ("a", "c")}


def test_what_exists_is_found_and_what_is_made_lies_over_it() -> None:
    existing = [
        {"id": resource_id("b", "old"), "properties": {"v": 1}},
        {"id": resource_id("a", "X"), "properties": {"kept": True, "v": "old", "l": [{"name": "q", "id": "Q"}]}},
    ]
    reader = resource("r", {"old": read("b", "old", "v"), "kept": read("a", "x", "kept"), "v": read("a", "x", "v"), "l": read("a", "x", "l[1].id")})
    joint = expand_together([part("a", resource("x", {"v": "new", "l": [{"name": "p"}, {"name": "Q", "p": 1}]}), reader)], existing=existing)
    assert bodies(joint)["r"] == {"old": 1, "kept": True, "v": "new", "l": "Q"}


def test_two_parts_that_make_one_resource() -> None:
    joint = expand_together([part("a", resource("x", {})), Part("again", part("a", resource("X", {})).template, {}, scope("A"))])
    assert [(one.resource_id, one.parts) for one in joint.conflicts] == [(resource_id("a", "x"), ("a", "again"))]


def test_what_a_part_says_to_exist_may_be_made_anew() -> None:
    there = Part("there", part("a", resource("x", {"v": "old"}), resource("y", {"v": "old"})).template, {}, scope("a"), exists=True)
    joint = expand_together([there, part("a", resource("x", {"v": "new"})), part("b", resource("z", {"v": read("a", "x", "v"), "w": read("a", "y", "v")}))])
    assert joint.conflicts == ()
    assert [(name, body["name"]) for name, body in joint.resources] == [("there", "y"), ("a", "x"), ("b", "z")]
    assert bodies(joint)["z"] == {"v": "new", "w": "old"}


def deployment(name: str, **properties: Any) -> JsonObject:
    return {"type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": name, "properties": {"mode": "Incremental", **properties}}


def test_outputs_of_other_deployments() -> None:
    inner = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [], "outputs": {"o": {"type": "string", "value": "inner"}}}
    hub = part("hub", deployment("m", template=inner), outputs={"o": {"type": "string", "value": "outer"}})
    at = {name: resource_id("hub", name, "Microsoft.Resources/deployments") for name in ("main", "m")}
    spoke = part("spoke", resource("s", {name: f"[reference('{at[name]}', '2022-09-01').outputs.o.value]" for name in at}))
    assert bodies(expand_together([spoke, hub])) == {"s": {"main": "outer", "m": "inner"}}


def test_a_template_that_is_elsewhere_is_named_where_it_is_read() -> None:
    link = "br:mcr.microsoft.com/bicep/avm/res/network/virtual-network:0.1.0"
    at = resource_id("a", "m", "Microsoft.Resources/deployments")
    first = part("a", deployment("m", templateLink={"id": link}), resource("x", {"v": f"[reference('{at}', '2022-09-01').outputs.id.value]"}))
    second = part("b", resource("y", {"v": f"[concat(reference('{at}', '2022-09-01').outputs.id.value, '/subnets/a')]"}))
    joint = expand_together([first, second])
    assert bodies(joint) == {"x": {"v": f"[reference('{link}').outputs.id.value]"}, "y": {"v": f"[concat(reference('{link}').outputs.id.value, '/subnets/a')]"}}
    assert [(one.part, one.resource_id, one.link) for one in joint.unexpanded] == [("a", at, link)]
    assert joint.missing == {}


def test_a_condition_that_only_the_deployment_knows() -> None:
    template = {**part("a", resource("x", {"v": 1}, condition="[equals(parameters('p'), '1')]")).template, "parameters": {"p": {"type": "string"}}}
    first = Part("a", template, {"p": unknown_value("getKeyVaultSecret", "vault", "name")}, scope("a"))
    joint = expand_together([first, part("b", resource("y", {"v": read("a", "x", "v")}))])
    assert joint.uncertain == (("a", resource_id("a", "x"), "A.B/c"),)
    assert bodies(joint)["y"] == {"v": read("a", "x", "v")}


def test_values_that_are_not_known_beforehand() -> None:
    template = {**part("a", resource("x", {"v": "[parameters('p')]"})).template, "parameters": {"p": {"type": "string"}}}
    joint = expand_together([Part("a", template, {"p": unknown_value("getKeyVaultSecret", "vault", "name")}, scope("a"))])
    assert bodies(joint) == {"x": {"v": "[getKeyVaultSecret('vault', 'name')]"}}


def test_an_error_names_its_part() -> None:
    with pytest.raises(ArmError, match="InvalidTemplate: b: "):
        expand_together([part("a"), part("b", resource("x", {"v": "[nonsense()]"}))])


def test_another_groups_location_is_that_of_its_part() -> None:
    inner = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": [resource("x", {"v": "[resourceGroup().location]"})]}
    module = {**deployment("m", template=inner, expressionEvaluationOptions={"scope": "inner"}), "resourceGroup": "B"}
    second = Part("b", part("b").template, {}, DeploymentScope("t", SUBSCRIPTION, "b", None, "northeurope"))
    assert bodies(expand_together([part("a", module), second])) == {"x": {"v": "northeurope"}}
