"""JSON and YAML files as values, as the official compiler reads them: lenient JSON, and YAML's core types with `_` in numbers."""

import re
from typing import Any

import yaml

from orchestrator.arm.functions.json_text import parse_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json

_INTEGER = re.compile(r"[-+]?(?:0x[0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)\Z")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class BadDataError(Exception):
    """The text is not of that format."""


def parse_json_file(text: str) -> Json:
    """Read JSON."""
    try:
        return parse_json(text)
    except ArmError as error:
        raise BadDataError(error.message) from error
    except RecursionError as error:
        raise BadDataError("it is nested too deeply") from error


def parse_yaml_file(text: str) -> Json:
    """Read the first document of a YAML file."""
    try:
        document = next(yaml.load_all(text, _Loader), None)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise BadDataError(str(error)) from error
    if document is None:
        raise BadDataError("it is empty")
    return document


class _Loader(yaml.SafeLoader):
    """Reads scalars as the core schema has them."""


def _read_scalar(loader: _Loader, node: yaml.ScalarNode) -> Any:
    text = str(loader.construct_scalar(node))
    if node.style is not None:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.match(text):
        return _read_integer(text.replace("_", ""))
    if _FLOAT.match(text):
        return float(text.replace("_", ""))
    infinite = _INFINITE.match(text)
    return float(f"{infinite.group(1)}inf") if infinite else text


def _read_integer(text: str) -> int:
    body = text.lstrip("+-")
    value = int(body[2:], 16) if body.startswith("0x") else int(body[2:], 8) if body.startswith("0o") else int(body)
    return -value if text.startswith("-") else value


def _read_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    loader.flatten_mapping(node)
    return {str(key.value): loader.construct_object(value, deep=True) for key, value in node.value}


_Loader.yaml_implicit_resolvers = {}
_Loader.add_implicit_resolver("tag:yaml.org,2002:merge", re.compile(r"<<\Z"), ["<"])
_Loader.add_constructor("tag:yaml.org,2002:str", _read_scalar)
_Loader.add_constructor("tag:yaml.org,2002:map", _read_mapping)
_Loader.add_constructor("tag:yaml.org,2002:null", lambda _loader, _node: None)
