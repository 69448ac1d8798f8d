"""An ARM template as a Bicep file sees it: its parameters, outputs and what it exports, as declarations.

What cannot be taken over is left out where it is exported, and of type `any` where it is a parameter or an output.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from orchestrator.arm.expressions import ExpressionError
from orchestrator.compiler.parsing.template_types import make_decorator, read_decorators, read_type
from orchestrator.compiler.parsing.template_values import NOWHERE, UnreadableTemplateError, read_identifier, read_loop, read_text, read_value
from orchestrator.compiler.syntax import declarations as d
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t
from orchestrator.model.json_value import Json, JsonObject

_SCOPES = {
    "deploymenttemplate": "resourceGroup",
    "subscriptiondeploymenttemplate": "subscription",
    "managementgroupdeploymenttemplate": "managementGroup",
    "tenantdeploymenttemplate": "tenant",
}


def is_template(value: Json) -> bool:
    """True for JSON that is an ARM template."""
    return isinstance(value, dict) and _scope_of(value) is not None and isinstance(value.get("resources"), list | dict)


def _scope_of(template: JsonObject) -> str | None:
    name = str(template.get("$schema", "")).rstrip("#").rpartition("/")[2]
    return _SCOPES.get(name.removesuffix(".json").lower())


def read_template(template: JsonObject) -> d.Program:
    """The declarations of a template."""
    scope = d.TargetScope(*NOWHERE, (), read_text(_scope_of(template) or "resourceGroup"))
    exported = {str(entry["name"]): entry for entry in (template.get("metadata") or {}).get("__bicep_exported_variables!") or ()}
    found: list[d.Statement] = [scope]
    found += _readable(_type, (template.get("definitions") or {}).items())
    found += _readable(partial(_variable, exported), _variables(template))
    for group in template.get("functions") or ():
        if group.get("namespace") == "__bicep":
            found += _readable(_function, group["members"].items())
    found += [_parameter(name, entry) for name, entry in (template.get("parameters") or {}).items()]
    found += [_output(name, entry) for name, entry in (template.get("outputs") or {}).items()]
    return d.Program(*NOWHERE, tuple(found))


def _readable(reader: Callable[[str, Json], d.Statement], entries: Iterable[tuple[str, Json]]) -> Iterator[d.Statement]:
    for name, entry in entries:
        try:
            yield reader(name, entry)
        except (UnreadableTemplateError, ExpressionError):
            continue


def _variables(template: JsonObject) -> Iterator[tuple[str, Json]]:
    """Variables by name; a loop as its `copy`."""
    for name, value in (template.get("variables") or {}).items():
        if name.lower() == "copy" and isinstance(value, list):
            yield from ((str(loop["name"]), {"copy": loop}) for loop in value)
        else:
            yield name, value


def _type(name: str, entry: JsonObject) -> d.Statement:
    return d.TypeDeclaration(*NOWHERE, read_decorators(entry), read_identifier(name), read_type(entry))


def _variable(exported: dict[str, JsonObject], name: str, value: Json) -> d.Statement:
    decorators: list[t.Decorator] = []
    if name in exported:
        decorators.append(make_decorator("export"))
        if "description" in exported[name]:
            decorators.append(make_decorator("description", exported[name]["description"]))
    is_loop = isinstance(value, dict) and isinstance(value.get("copy"), dict)
    given = read_loop(value["copy"]) if is_loop else read_value(value)
    return d.VariableDeclaration(*NOWHERE, tuple(decorators), read_identifier(name), t.TypeName(*NOWHERE, "any"), given)


def _function(name: str, entry: JsonObject) -> d.Statement:
    parameters = tuple(t.FunctionParameter(*NOWHERE, read_identifier(str(part["name"])), read_type(part)) for part in entry.get("parameters") or ())
    value = e.TypedLambda(*NOWHERE, parameters, read_type(entry["output"]), read_value(entry["output"].get("value")))
    return d.FunctionDeclaration(*NOWHERE, read_decorators({"metadata": entry.get("metadata")}), read_identifier(name), value)


def _parameter(name: str, entry: JsonObject) -> d.Statement:
    default = e.NullLiteral(*NOWHERE) if "defaultValue" in entry else None
    return d.ParameterDeclaration(*NOWHERE, _decorators_or_none(entry), read_identifier(name), _type_or_any(entry), default)


def _output(name: str, entry: JsonObject) -> d.Statement:
    return d.OutputDeclaration(*NOWHERE, _decorators_or_none(entry), read_identifier(name), _type_or_any(entry), e.NullLiteral(*NOWHERE))


def _type_or_any(entry: JsonObject) -> t.TypeSyntax:
    try:
        return read_type(entry)  # type: ignore[no-any-return]
    except (UnreadableTemplateError, ExpressionError):
        return t.TypeName(*NOWHERE, "any")


def _decorators_or_none(entry: JsonObject) -> tuple[t.Decorator, ...]:
    try:
        return read_decorators(entry)
    except (UnreadableTemplateError, ExpressionError):
        return ()
