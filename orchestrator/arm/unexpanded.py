"""Nested deployments of which nothing is known, and how what is read of them names where their template is."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.arm.expressions import Access, Call, Expression, String, print_expression
from orchestrator.arm.functions.values import Unknown, Value, is_call, render
from orchestrator.arm.template.instances import Instance
from orchestrator.model.json_value import Json

_LINKS = ("id", "uri", "relativePath")


@dataclass(frozen=True, slots=True)
class Unexpanded:
    """One of them. `link`: where its template is, None where it is here, and only the deployment can count a loop in it."""

    part: str
    resource_id: str
    link: str | None


def find_unexpanded(part: str, instance: Instance) -> Unexpanded:
    """A nested deployment whose stage cannot be made."""
    properties = instance.declaration.body.get("properties") or {}
    identifier = str(render(instance.id))
    if isinstance(properties.get("template"), dict):
        return Unexpanded(part, identifier, None)
    link = properties.get("templateLink")
    said = next((link[key] for key in _LINKS if isinstance(link.get(key), str)), None) if isinstance(link, dict) else None
    return Unexpanded(part, identifier, said or "a template that is not here")


def render_naming(value: Value, links: Mapping[str, str]) -> Json:
    """The value as JSON; `links`: lower-case id of a deployment -> where its template is. What is read of one becomes `reference('<where>')...`."""
    if not links:
        return render(value)
    if isinstance(value, Unknown):
        return f"[{print_expression(_name(value.expression, links))}]"
    if isinstance(value, list):
        return [render_naming(item, links) for item in value]
    if isinstance(value, dict):
        return {str(key): render_naming(item, links) for key, item in value.items()}
    return value


def _name(expression: Expression, links: Mapping[str, str]) -> Expression:
    match expression:
        case Call(name, arguments):
            first = arguments[0] if arguments else None
            link = links.get(first.value.lower()) if is_call(expression, "reference") and isinstance(first, String) else None
            return Call(name, (String(link),)) if link is not None else Call(name, tuple(_name(argument, links) for argument in arguments))
        case Access(base, key):
            return Access(_name(base, links), _name(key, links))
        case _:
            return expression
