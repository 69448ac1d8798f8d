from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from orchestrator.environments import check_parameters, parameter_schema
from orchestrator.model.errors import Problem

PATH = Path("parameters/x.bicepparam")

TEMPLATE = {
    "definitions": {
        "color": {"type": "string", "allowedValues": ["red", "blue"]},
        "a/b~c d": {"type": "int", "minValue": 1},
        "tree": {
            "type": "object",
            "properties": {"left": {"$ref": "#/definitions/tree", "nullable": True}, "n": {"type": "int"}},
            "additionalProperties": False,
        },
        "cat": {"type": "object", "properties": {"kind": {"type": "string", "allowedValues": ["cat"]}, "lives": {"type": "int"}}},
        "dog": {"type": "object", "properties": {"kind": {"type": "string", "allowedValues": ["dog"]}, "tail": {"type": "bool"}}},
        "pet": {
            "type": "object",
            "discriminator": {"propertyName": "kind", "mapping": {"cat": {"$ref": "#/definitions/cat"}, "dog": {"$ref": "#/definitions/dog"}}},
        },
        "secret": {"type": "secureString", "minLength": 3},
        "maybe": {"type": "string", "nullable": True},
    },
    "parameters": {
        "name": {"type": "string", "minLength": 2, "maxLength": 4, "metadata": {"description": "Its name."}},
        "count": {"type": "Int", "minValue": 1, "maxValue": 3, "defaultValue": 1},
        "on": {"type": "bool", "defaultValue": True},
        "color": {"$ref": "#/definitions/color", "defaultValue": "red"},
        "colors": {"type": "array", "allowedValues": ["red", "blue"], "defaultValue": []},
        "odd": {"$ref": "#/definitions/a~1b~0c d", "defaultValue": 1},
        "tree": {"$ref": "#/definitions/tree", "nullable": True},
        "pet": {"$ref": "#/definitions/pet", "nullable": True},
        "password": {"type": "secureString", "defaultValue": ""},
        "secret": {"$ref": "#/definitions/secret", "defaultValue": ""},
        "secrets": {"type": "secureObject", "properties": {"pin": {"type": "int"}}, "additionalProperties": False, "defaultValue": {}},
        "pair": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "int"}], "items": False, "defaultValue": ["a", 1]},
        "labels": {"type": "object", "properties": {}, "additionalProperties": {"type": "string"}, "defaultValue": {}},
        "maybe": {"$ref": "#/definitions/maybe"},
        "few": {"type": "array", "items": {"type": "string"}, "minLength": 1, "maxLength": 2, "nullable": True},
    },
}


def check(**values):
    document = {"parameters": {name: {"value": value} for name, value in {"name": "abc", **values}.items()}}
    return [(p.code, p.message.replace("the parameter ", ""), p.where.removeprefix(f"{PATH}: ")) for p in check_parameters(TEMPLATE, document, PATH)]


def test_the_schema_is_one():
    Draft202012Validator.check_schema(parameter_schema(TEMPLATE))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"count": 3, "on": False, "color": "blue", "colors": ["red", "red"], "odd": 7},
        {"tree": None, "maybe": None, "few": None},
        {"tree": {"n": 1, "left": {"n": 2, "left": None}}},
        {"pet": {"kind": "dog", "tail": True}},
        {"password": "x", "secret": "long", "secrets": {"pin": 1}, "pair": ["b", 2], "labels": {"x": "y"}, "few": ["a"]},
    ],
)
def test_what_fits(values):
    assert check(**values) == []


@pytest.mark.parametrize(
    ("values", "code", "message", "where"),
    [
        ({"count": "three"}, "WrongParameterType", "'count': expected a whole number, but 'three' is a text", "count"),
        ({"count": True}, "WrongParameterType", "'count': expected a whole number, but true is true or false", "count"),
        ({"count": 4}, "InvalidParameterValue", "'count': 4 is out of range: at most 3", "count"),
        ({"count": None}, "WrongParameterType", "'count': expected a whole number, but it is null", "count"),
        ({"on": "yes"}, "WrongParameterType", "'on': expected true or false, but 'yes' is a text", "on"),
        ({"name": "abcde"}, "InvalidParameterValue", "'name': expected at most 4 characters, but has 5", "name"),
        ({"color": "green"}, "InvalidParameterValue", "'color': 'green' is none of: 'red', 'blue'", "color"),
        ({"colors": ["red", "green"]}, "InvalidParameterValue", "'colors': 'green' is none of: 'red', 'blue'", "colors[1]"),
        ({"odd": 0}, "InvalidParameterValue", "'odd': 0 is out of range: at least 1", "odd"),
        ({"tree": {"left": {"n": "x"}, "n": 1}}, "WrongParameterType", "'tree': expected a whole number, but 'x' is a text", "tree.left.n"),
        ({"tree": {"n": 1, "rigth": 1}}, "UnknownProperty", "'tree': unknown key 'rigth'", "tree.rigth"),
        ({"tree": {}}, "MissingProperty", "'tree': the key 'n' is missing", "tree"),
        ({"pet": {"kind": "cow"}}, "InvalidParameterValue", "'pet': 'cow' is none of: 'cat', 'dog'", "pet.kind"),
        ({"pet": {"kind": "dog", "tail": 1}}, "WrongParameterType", "'pet': expected true or false, but 1 is a whole number", "pet.tail"),
        ({"pair": ["a"]}, "InvalidParameterValue", "'pair': expected at least 2 entries, but has 1", "pair"),
        ({"labels": {"x": 1}}, "WrongParameterType", "'labels': expected a text, but 1 is a whole number", "labels.x"),
        ({"few": []}, "InvalidParameterValue", "'few': expected at least 1 entries, but has 0", "few"),
        ({"nmae": "x"}, "UnknownParameter", "the template has no parameter 'nmae'", "nmae"),
    ],
)
def test_what_does_not_fit(values, code, message, where):
    assert check(**values) == [(code, message, where)]


@pytest.mark.parametrize(
    "values", [{"password": 734}, {"secret": "q9"}, {"secrets": {"pin": "hunter2"}}, {"secrets": {"hunter2": 1, "pin": 1}}, {"secrets": "hunter2"}]
)
def test_a_secure_value_is_never_shown(values):
    problems = check_parameters(TEMPLATE, {"parameters": {"name": {"value": "abc"}, **{k: {"value": v} for k, v in values.items()}}}, PATH)
    assert len(problems) == 1
    for text in ("734", "q9", "hunter2"):
        assert text not in repr(problems)


def test_a_missing_parameter_says_what_it_is():
    assert check_parameters(TEMPLATE, {"parameters": {}}, PATH) == (
        Problem("MissingParameter", "the parameter 'name' is required, and has no value", str(PATH), "add `param name = ...` (Its name.)"),
    )


def test_a_reference_to_a_vault_is_a_value():
    assert check_parameters(TEMPLATE, {"parameters": {"name": {"reference": {"keyVault": {"id": "x"}, "secretName": "y"}}}}, PATH) == ()


def test_a_type_that_arm_does_not_have():
    with pytest.raises(ValueError, match="'number'"):
        parameter_schema({"parameters": {"x": {"type": "number"}}})
