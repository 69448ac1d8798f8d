"""The what-if in az's layout: whole texts."""

from orchestrator.model.changes import ChangeType, PropertyChange, PropertyChangeType, ResourceChange, WhatIf
from orchestrator.reporting.styled_text import plain_text
from orchestrator.reporting.what_if_text import count_changes, relative_name, render_what_if, scope_of

GROUP = "/subscriptions/s/resourceGroups/rg"
MODIFY, CREATE, DELETE, ARRAY = PropertyChangeType.MODIFY, PropertyChangeType.CREATE, PropertyChangeType.DELETE, PropertyChangeType.ARRAY


def resource(name: str, kind: ChangeType, **more: object) -> ResourceChange:
    return ResourceChange(f"{GROUP}/providers/Microsoft.Network/virtualNetworks/{name}", kind, **more)


def test_a_creation_shows_the_whole_body_flattened_and_aligned() -> None:
    body = {"apiVersion": "2026-03-01", "properties": {"subnets": [{"name": "a", "p": {}}], "on": True}, "tags": {"k": "v"}}
    text = plain_text(render_what_if(WhatIf((resource("net", ChangeType.CREATE, after=body),))))
    assert text == (
        """Resource and property changes are indicated with this symbol:
  + Create

The deployment will update the following scope:

Scope: /subscriptions/s/resourceGroups/rg

  + Microsoft.Network/virtualNetworks/net [2026-03-01]

      apiVersion:    "2026-03-01"
      properties.subnets: [
        0:

          name: "a"
          p:    {}

      ]
      properties.on: true
      tags.k:        "v"

Resource changes: 1 to create.
"""
    )


def test_modified_properties_are_sorted_by_kind_and_path() -> None:
    delta = (
        PropertyChange("b.array", ARRAY, children=(PropertyChange("10", CREATE, after="x"), PropertyChange("2", DELETE, before=1))),
        PropertyChange("a.value", MODIFY, "foo", "bar"),
        PropertyChange("a.object", MODIFY, {"k": 1}, {"k": 2}),
        PropertyChange("z", DELETE, before=None),
        PropertyChange("n", PropertyChangeType.NO_EFFECT, after=12),
        PropertyChange("m", MODIFY, children=(PropertyChange("inner", CREATE, after=[]),)),
    )
    text = plain_text(render_what_if(WhatIf((resource("net", ChangeType.MODIFY, delta=delta),))))
    assert text == (
        """Resource and property changes are indicated with these symbols:
  - Delete
  + Create
  ~ Modify
  x NoEffect

The deployment will update the following scope:

Scope: /subscriptions/s/resourceGroups/rg

  ~ Microsoft.Network/virtualNetworks/net
    - z:       null
    ~ a.object:

        k: 1

      =>

        k: 2

    ~ a.value: "foo" => "bar"
    ~ b.array: [
      - 2:  1
      + 10: "x"
      ]
    ~ m:

        + inner: []

    x n:       12

Resource changes: 1 to modify.
"""
    )


def test_scopes_and_weights_order_the_resources() -> None:
    other = ResourceChange("/subscriptions/s/resourceGroups/RG2/providers/M.N/t/x", ChangeType.DEPLOY)
    changes = (resource("d", ChangeType.IGNORE), resource("c", ChangeType.MODIFY), resource("b", ChangeType.CREATE), resource("a", ChangeType.DELETE), other)
    lines = plain_text(render_what_if(WhatIf(changes))).splitlines()
    assert [line for line in lines if line.startswith(("Scope", "  - Mi", "  + Mi", "  ~ Mi", "  * Mi", "  ! M."))] == [
        "Scope: /subscriptions/s/resourceGroups/rg",
        "  - Microsoft.Network/virtualNetworks/a",
        "  + Microsoft.Network/virtualNetworks/b",
        "  ~ Microsoft.Network/virtualNetworks/c",
        "  * Microsoft.Network/virtualNetworks/d",
        "Scope: /subscriptions/s/resourceGroups/RG2",
        "  ! M.N/t/x",
    ]
    assert "The deployment will update the following scopes:" in lines
    assert lines[-1] == "Resource changes: 1 to delete, 1 to create, 1 to deploy, 1 to modify, 1 to ignore."


def test_nothing_to_do_is_one_line() -> None:
    unchanged = WhatIf((resource("a", ChangeType.NO_CHANGE), resource("b", ChangeType.NO_CHANGE)))
    assert plain_text(render_what_if(unchanged)) == "Resource changes: no change. (all 2 resources are as they should be)\n"
    assert count_changes(WhatIf(())) == "Resource changes: no change."


def test_a_snapshot_says_where_it_is_from() -> None:
    text = plain_text(render_what_if(WhatIf((resource("a", ChangeType.CREATE),), source="snapshot")))
    assert text.startswith("The resource group does not exist yet")


def test_what_is_unsupported_is_listed_with_its_reason() -> None:
    text = plain_text(render_what_if(WhatIf((resource("a", ChangeType.UNSUPPORTED, unsupported_reason="the id is not known"),))))
    assert text.endswith("Diagnostics (1):\nMicrosoft.Network/virtualNetworks/a (Unsupported) the id is not known\n")


def test_an_extension_resource_is_in_its_targets_scope() -> None:
    role = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/n/subnets/s/providers/Microsoft.Authorization/roleAssignments/g"
    assert scope_of(role) == GROUP
    assert relative_name(role) == "Microsoft.Network/virtualNetworks/n/subnets/s/providers/Microsoft.Authorization/roleAssignments/g"


def test_an_id_that_stayed_an_expression_is_shown_as_it_is() -> None:
    change = ResourceChange("[resourceId('a/b', reference('x').name)]", ChangeType.UNSUPPORTED, unsupported_reason="no id")
    lines = plain_text(render_what_if(WhatIf((change,)))).splitlines()
    assert "  x [resourceId('a/b', reference('x').name)]" in lines
