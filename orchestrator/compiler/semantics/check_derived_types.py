"""Types that are derived from Microsoft's, as they are written: of one resource type (BCP071, BCP070, BCP032, BCP029, BCP208, BCP209, BCP384), and a part of it
(BCP394)."""

from typing import Any

from orchestrator.compiler.semantics.declared_types import type_of_syntax
from orchestrator.compiler.semantics.derived_types import DERIVING
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.resource_bodies import is_resource_type_text
from orchestrator.compiler.syntax.expressions import Identifier, Skipped, StringSyntax
from orchestrator.compiler.syntax.types import TypeAdditional, TypeCall, TypeElement, TypeItems, TypeMember
from orchestrator.compiler.types.values import ErrorType, StringLiteralType, StringType, members_of, resolve, type_name

_PICKING = (TypeMember, TypeAdditional, TypeElement, TypeItems)
_EXAMPLE = "Write 'Namespace/type@version', such as 'Microsoft.Network/natGateways@2026-03-01'."


def check_derived_type(model: SemanticModel, node: TypeCall, parent: Any) -> None:
    """Enter what is wrong with a call of `resourceInput` or `resourceOutput`."""
    name = node.name.name
    if name not in DERIVING:
        model.problems.error(node.name, "BCP302", f"No type '{name}' is known here.", f"Types with an argument are: {', '.join(DERIVING)}.")
    elif len(node.arguments) != 1:
        place = Identifier(node.name.end, node.end, "")
        model.problems.error(place, "BCP071", f"'{name}' takes one argument, and is given {len(node.arguments)}.", _EXAMPLE)
    elif _check_argument(model, name, node.arguments[0]) and not isinstance(parent, _PICKING):
        model.problems.error(node, "BCP394", "The body of a resource as a whole is no type: a part of it must be picked.", "Write .properties behind it.")


def _check_argument(model: SemanticModel, name: str, argument: Any) -> bool:
    if isinstance(argument, Skipped):
        return False
    if not isinstance(argument, StringSyntax):
        given = type_of_syntax(model, argument)
        if isinstance(resolve(given), StringType) or (members_of(given) and all(isinstance(member, StringLiteralType) for member in members_of(given))):
            model.problems.error(argument, "BCP032", "The resource type must be written out here.", _EXAMPLE)
        elif not isinstance(resolve(given), ErrorType):
            model.problems.error(argument, "BCP070", f"'{name}' takes a text here, and is given {type_name(given)}.", _EXAMPLE)
        return False
    text = argument.literal
    if text is None:
        model.problems.error(argument, "BCP032", "The resource type must be a plain text, without interpolation.")
        return False
    namespace, colon, rest = text.rpartition(":")
    if (colon and not namespace) or not is_resource_type_text(*_split(rest)):
        model.problems.error(argument, "BCP029", f"'{text}' is no resource type.", _EXAMPLE)
    elif colon and namespace == "sys":
        model.problems.error(argument, "BCP209", "The namespace 'sys' has no resource types.", "Write az: or nothing before the type.")
    elif colon and namespace != "az":
        model.problems.error(argument, "BCP208", f"No namespace '{namespace}' is known.", "Write az: or nothing before the type.")
    else:
        return True
    return False


def _split(text: str) -> tuple[str, str]:
    type_text, _, version = text.partition("@")
    return type_text, version
