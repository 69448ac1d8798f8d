"""The resources of a template as they are declared: in a list or by symbolic names, children in their parents."""

from collections.abc import Iterator
from dataclasses import dataclass

from orchestrator.arm.functions.values import invalid
from orchestrator.model.json_value import Json, JsonObject

DEPLOYMENTS = "microsoft.resources/deployments"
"""The type of nested deployments, lower-cased."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A resource as it is written. A child that stands in its parent has the parent's type before its own, and its name,
    but where it says both itself (`names_parent`)."""

    symbol: str | None
    body: JsonObject
    type: str
    parent: "Declaration | None" = None
    names_parent: bool = True

    @property
    def is_deployment(self) -> bool:
        """True for a nested deployment."""
        return self.type.lower() == DEPLOYMENTS

    @property
    def existing(self) -> bool:
        """True for a resource that is only referred to."""
        return self.body.get("existing") is True

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.symbol or str(self.body.get("name", ""))


def read_declarations(template: JsonObject) -> tuple[Declaration, ...]:
    """All resources, parents before their children; ArmError for what this engine cannot deploy."""
    for section in ("extensions", "imports"):
        if template.get(section):
            raise invalid(f"The template section '{section}' is not supported by this engine: resources outside Azure cannot be deployed.")
    return tuple(_read(template.get("resources") or [], None))


def is_symbolic(template: JsonObject) -> bool:
    """True where resources go by symbolic names (languageVersion 2)."""
    return isinstance(template.get("resources"), dict)


def _read(resources: Json, parent: Declaration | None) -> Iterator[Declaration]:
    entries = resources.items() if isinstance(resources, dict) else ((None, body) for body in resources)
    for symbol, body in entries:
        if not isinstance(body, dict) or not isinstance(body.get("type"), str):
            raise invalid(f"The template resource '{symbol or (body.get('name') if isinstance(body, dict) else body)}' is not valid: it needs a 'type'.")
        if "extension" in body or "import" in body:
            raise invalid(f"The template resource '{symbol}' is not supported by this engine: it belongs to an extension.")
        own = str(body["type"])
        is_whole = parent is None or own.lower().startswith(f"{parent.type.lower()}/")
        declaration = Declaration(symbol, body, own if is_whole or parent is None else f"{parent.type}/{own}", parent, names_parent=is_whole)
        yield declaration
        if body.get("resources"):
            yield from _read(body["resources"], declaration)
