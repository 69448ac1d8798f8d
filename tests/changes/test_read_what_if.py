import pytest

from orchestrator.changes import from_snapshot, read_what_if, read_what_if_notes
from orchestrator.model.changes import ChangeType, PropertyChange, PropertyChangeType, ResourceChange, WhatIf
from orchestrator.model.errors import ArmError
from orchestrator.model.resources import make_snapshot

GROUP = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network"
ID = f"{GROUP}/virtualNetworks/v"


def answer(*delta, kind="Modify", **more):
    return {"status": "Succeeded", "properties": {"correlationId": "c", "changes": [{"resourceId": ID, "changeType": kind, "delta": list(delta), **more}]}}


def change(path, kind, before=None, after=None, children=None):
    return {"path": path, "propertyChangeType": kind, "before": before, "after": after, "children": children}


def read(*delta):
    (only,) = read_what_if(answer(*delta)).changes
    return only


@pytest.mark.parametrize(
    "noise",
    [
        change("etag", "Modify", 'W/"1"', 'W/"2"'),
        change("properties.provisioningState", "Delete", "Succeeded"),
        change("properties.resourceGuid", "Delete", "60613112-7755-4af6-8d42-1056c34f5c30"),
        change(
            "properties.subnets",
            "Array",
            children=[change("0", "Modify", children=[change("etag", "Delete", "x"), change("properties.provisioningState", "Delete", "S")])],
        ),
        change("properties.natGateway", "Delete", None),
        change("properties.natGateway", "Create", None, None),
        change("properties.x", "NoEffect", "a", "b"),
        change("properties.routeTable.id", "Modify", f"{GROUP}/routeTables/T", f"{GROUP.replace('resourceGroups', 'resourcegroups')}/routetables/t"),
        change("properties.a", "Modify", {"id": ID.upper().replace("/SUBSCRIPTIONS", "/subscriptions"), "etag": "1"}, {"id": ID, "b": None}),
        change("properties.list", "Modify", [{"a": 1, "provisioningState": "Succeeded"}], [{"a": 1}]),
    ],
)
def test_noise_is_no_change(noise):
    assert read(noise) == ResourceChange(ID, ChangeType.NO_CHANGE)
    assert not read_what_if(answer(noise)).has_changes


@pytest.mark.parametrize(
    "signal",
    [
        change("properties.count", "Modify", 1, 2),
        change("properties.on", "Modify", True, 1),
        change("properties.on", "Modify", 0, False),
        change("tags.a", "Create", None, "b"),
        change("properties.path", "Modify", "/Healthz", "/healthz"),
        change("properties.name", "Modify", "Foo", "foo"),
        change("properties.list", "Modify", ["a", "b"], ["b", "a"]),
        change("properties.rule", "Delete", {"id": ID}),
    ],
)
def test_a_change_is_kept(signal):
    only = read(change("etag", "Delete", "x"), signal)
    assert (only.type, [c.path for c in only.delta]) == (ChangeType.MODIFY, [signal["path"]])


def test_only_the_noisy_children_go():
    targets = change("targetFqdns", "Array", children=[change("1", "Create", None, "example.com")])
    only = read(change("properties.rules", "Array", children=[change("0", "Modify", children=[change("etag", "Delete", "x"), targets])]))
    leaf = PropertyChange("targetFqdns", PropertyChangeType.ARRAY, children=(PropertyChange("1", PropertyChangeType.CREATE, None, "example.com"),))
    rule = PropertyChange("0", PropertyChangeType.MODIFY, children=(leaf,))
    assert only == ResourceChange(ID, ChangeType.MODIFY, delta=(PropertyChange("properties.rules", PropertyChangeType.ARRAY, children=(rule,)),))


def test_what_only_the_deployment_knows_is_unknown_and_no_modify():
    only = read(change("properties.principalId", "Modify", "abc", "[reference('/subscriptions/s/x').principalId]"))
    assert (only.type, only.unsupported_reason) == (ChangeType.UNSUPPORTED, "what would change is known only to the deployment: properties.principalId")
    assert read_what_if(answer(change("properties.a", "Modify", "abc", "[reference('x').y]"))).has_changes
    mixed = read(change("properties.a", "Modify", "abc", "[reference('x').y]"), change("properties.n", "Modify", 1, 2))
    assert mixed.type is ChangeType.MODIFY


@pytest.mark.parametrize("kind", ["Create", "Delete", "Deploy", "Ignore", "NoChange", "Unsupported"])
def test_other_kinds_stay_as_they_are(kind):
    (only,) = read_what_if(answer(kind=kind, before={"a": 1}, after={"a": 2}, unsupportedReason="because")).changes
    assert only == ResourceChange(ID, ChangeType(kind), {"a": 1}, {"a": 2}, (), "because")


def test_a_modify_without_its_delta_stays_one():
    body = {"properties": {"changes": [{"resourceId": ID, "changeType": "Modify"}]}}
    assert read_what_if(body) == WhatIf((ResourceChange(ID, ChangeType.MODIFY),))


def test_potential_changes_are_unknown():
    body = {"properties": {"changes": [], "potentialChanges": [{"symbolicName": "role", "changeType": "Create"}]}}
    assert read_what_if(body) == WhatIf((ResourceChange("role", ChangeType.UNSUPPORTED, unsupported_reason="ARM calls this a potential Create"),))


def test_nothing_is_no_change():
    assert read_what_if({"status": "Succeeded", "properties": {"changes": []}}) == WhatIf(())
    assert read_what_if({"status": "Succeeded", "properties": {}}) == WhatIf(())


def test_a_failed_answer_raises_what_arm_said():
    with pytest.raises(ArmError) as caught:
        read_what_if({"status": "Failed", "error": {"code": "InvalidTemplate", "message": "no"}})
    assert (caught.value.code, caught.value.message) == ("InvalidTemplate", "no")


def test_arms_remarks():
    body = {"properties": {"changes": [], "diagnostics": [{"level": "warning", "code": "NestedDeploymentShortCircuited", "message": "not expanded"}]}}
    assert read_what_if_notes(body) == ("NestedDeploymentShortCircuited: not expanded",)
    assert read_what_if_notes({}) == ()


def test_a_group_that_does_not_exist():
    vnet = {"id": ID, "type": "Microsoft.Network/virtualNetworks", "name": "v"}
    nested = {"id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Resources/deployments/d", "type": "Microsoft.Resources/deployments", "name": "d"}
    expected = WhatIf((ResourceChange(ID, ChangeType.CREATE, after=vnet),), source="snapshot")
    assert from_snapshot([nested, vnet]) == expected
    assert from_snapshot(make_snapshot([vnet, nested])) == expected
    assert expected.has_changes
