"""A secret that is supplied, or stands as a default, is in no plan and no output of a plan."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.arm.harness import SCHEMA, take_snapshot

USES = [
    "[parameters('s')]",
    "[concat('a', parameters('s'))]",
    "[createArray(parameters('s'), 1)]",
    "[format('{0}', createObject('k', parameters('s')))]",
    "[if(equals(parameters('s'), 'x'), parameters('s'), 'y')]",
    "[map(createArray(parameters('s')), lambda('x', toUpper(lambdaVariables('x'))))]",
    "[union(createObject('a', parameters('s')), createObject('a', createObject('b', 1)))]",
    "[coalesce(parameters('s'), 'z')]",
    "[base64(parameters('s'))]",
    "[parameters('nested').inner.secret]",
    "[string(parameters('nested'))]",
]


def secret_template(secret: str, *, default: bool) -> dict[str, object]:
    inner = {
        "$schema": SCHEMA,
        "languageVersion": "2.0",
        "contentVersion": "1.0.0.0",
        "parameters": {"s": {"type": "securestring"}},
        "resources": {"x": {"type": "A.B/c", "apiVersion": "1", "name": "x", "properties": {"s": "[parameters('s')]"}}},
        "outputs": {"s": {"type": "string", "value": "[parameters('s')]"}},
    }
    shape = {"type": "object", "properties": {"inner": {"type": "object", "properties": {"secret": {"type": "securestring"}}}}}
    nested = {"type": "object", "properties": {"inner": {"$ref": "#/definitions/inner"}}, "defaultValue": {"inner": {"secret": secret}}}
    module = {
        "expressionEvaluationOptions": {"scope": "inner"},
        "mode": "Incremental",
        "template": inner,
        "parameters": {"s": {"value": secret if default else "[parameters('s')]"}},
    }
    return {
        "$schema": SCHEMA,
        "languageVersion": "2.0",
        "contentVersion": "1.0.0.0",
        "definitions": {"inner": shape["properties"]["inner"]},  # type: ignore[index]
        "parameters": {"s": {"type": "securestring", **({"defaultValue": secret} if default else {})}, "nested": nested},
        "resources": {
            "m": {"type": "Microsoft.Resources/deployments", "apiVersion": "2025-04-01", "name": "m", "properties": module},
            "r": {"type": "A.B/c", "apiVersion": "1", "name": "r", "properties": {"uses": USES, "m": "[reference('m').outputs.s.value]"}},
        },
        "outputs": {f"o{number}": {"type": "array", "value": [use]} for number, use in enumerate(USES)},
    }


@given(st.uuids().map(str), st.booleans())
def test_a_secret_is_nowhere(secret: str, default: bool) -> None:
    said = json.dumps(take_snapshot(secret_template(secret, default=default), {} if default else {"s": secret}))
    assert secret not in said
    assert "parameters('s')" in said
