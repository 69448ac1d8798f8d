"""Checks a value against the type that is wanted where it stands, as deep as it is literal.

Codes: BCP033 a value, BCP034 an item, BCP036 (BCP088) a property, BCP035 something missing, BCP037 (BCP089) something unknown, BCP078 a discriminator,
BCP327-335 bounds, BCP321 what may be null.
"""

from dataclasses import dataclass, replace
from typing import Any

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.bounds import check_bounds
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.syntax.expressions import ArrayLiteral, ObjectLiteral, ObjectProperty, Parenthesized, Spread, Ternary
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.types.values import (
    LITERALS,
    AnyType,
    ArrayType,
    DiscriminatedType,
    ErrorType,
    NullType,
    ObjectType,
    StringLiteralType,
    TupleType,
    Type,
    is_nullable,
    members_of,
    resolve,
    type_name,
    without_null,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: what a mismatch is called, and where something missing is reported (None: at the object itself)."""

    code: str = "BCP033"
    what: str = "The value"
    missing_at: Any = None


class Assignment:
    """Checks values of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.problems = inference.model.problems

    def check(self, node: Any, target: Type, place: Place) -> None:
        """Enter what is wrong with a value where `target` is wanted."""
        target = resolve(target)
        if isinstance(target, AnyType | ErrorType) or self.inference.is_error(node):
            return
        while isinstance(node, Parenthesized):
            node = node.expression
        match node, _shape(target):
            case Ternary(), _ if _is_compound(node):
                self.check(node.when_true, target, place)
                self.check(node.when_false, target, place)
            case ObjectLiteral(), ObjectType() as shape:
                self.check_object(node, shape, place)
            case ObjectLiteral(), DiscriminatedType() as shape:
                self._check_discriminated(node, shape, place)
            case ArrayLiteral(), ArrayType() as shape:
                self._check_items(node, [shape.item] * len(node.items), place)
                check_bounds(self.problems, node, self.inference.type_of(node), shape)
            case ArrayLiteral(), TupleType() as shape:
                self._check_tuple(node, shape, place)
            case _:
                self._check_plain(node, target, place)

    def _check_plain(self, node: Any, target: Type, place: Place) -> None:
        type_ = self.inference.type_of(node)
        if is_assignable(type_, target):
            for member in members_of(target):
                if len(members_of(target)) == 1 or type(resolve(member)) not in (NullType, *LITERALS):
                    check_bounds(self.problems, node, type_, member)
        elif is_nullable(type_) and not isinstance(resolve(type_), NullType) and is_assignable(without_null(type_), target):
            self.problems.warn(
                node, "BCP321", "The value may be null, and null is not allowed here.", "Give a default with ??, or write ! where it is never null."
            )
        else:
            self._mismatch(node, type_, target, place)

    def _mismatch(self, node: Any, type_: Type, target: Type, place: Place) -> None:
        wanted = type_name(target)
        message = f"{place.what} must be {wanted}, and is {type_name(type_)}."
        literals = [type_name(member) for member in members_of(target) if isinstance(member, StringLiteralType)]
        remedy = did_you_mean(type_name(type_), literals) if isinstance(type_, StringLiteralType) else None
        code = place.code
        if code == "BCP036" and isinstance(type_, StringLiteralType) and is_misspelt(type_name(type_), literals):
            code = "BCP088"
        self.problems.error(node, code, message, remedy)

    def check_object(self, node: ObjectLiteral, target: ObjectType, place: Place) -> None:
        """Check an object's properties: those wanted, those given."""
        given = {member.name: member for member in node.properties if member.name is not None}
        spread = any(isinstance(member, Spread) or (isinstance(member, ObjectProperty) and member.name is None) for member in node.members)
        missing = sorted(name for name, entry in target.properties.items() if entry.required and not entry.read_only and name not in given)
        if missing and not spread:
            names = ", ".join(f"'{name}'" for name in missing)
            self.problems.error(place.missing_at or node, "BCP035", f"Missing here: {names}.", "Add what is missing.")
        for name, member in given.items():
            entry = target.properties.get(name)
            inner = Place("BCP036", f"The property '{name}'", member.key)
            if entry is not None:
                self.check(member.value, entry.type, inner)
            elif target.additional is not None:
                self.check(member.value, target.additional, inner)
            else:
                self._unknown(member, name, target, given)

    def _unknown(self, member: ObjectProperty, name: str, target: ObjectType, given: dict[str, ObjectProperty]) -> None:
        free = [known for known in target.properties if known not in given]
        code = "BCP089" if is_misspelt(name, free) else "BCP037" if free or not target.properties else "BCP038"
        remedy = did_you_mean(name, free) or (f"Allowed are: {', '.join(sorted(free))}." if free else "Remove it.")
        report = self.problems.error if target.sealed else self.problems.warn
        report(member.key, code, f"The property '{name}' is not known here.", remedy)

    def _check_discriminated(self, node: ObjectLiteral, target: DiscriminatedType, place: Place) -> None:
        key = target.discriminator
        member = node.find(key)
        texts = " | ".join(f"'{value}'" for value in target.members)
        if member is None:
            if not any(isinstance(entry, Spread) for entry in node.members):
                self.problems.error(place.missing_at or node, "BCP078", f"The property '{key}' is missing; it must be {texts}.")
            return
        value = resolve(self.inference.type_of(member.value))
        if isinstance(value, StringLiteralType):
            chosen = resolve(target.members.get(value.value, ErrorType()))
            if isinstance(chosen, ObjectType):
                self.check_object(node, chosen, place)
                return
            quoted = [f"'{known}'" for known in target.members]
            code = "BCP088" if is_misspelt(f"'{value.value}'", quoted) else "BCP036"
            self.problems.error(member.value, code, f"The property '{key}' must be {texts}.", did_you_mean(value.value, target.members))

    def _check_items(self, node: ArrayLiteral, wanted: list[Type], place: Place) -> None:
        for item, type_ in zip(node.items, wanted, strict=False):
            if not isinstance(item, Spread):
                self.check(item, type_, replace(place, code="BCP034", what="The item", missing_at=None))

    def _check_tuple(self, node: ArrayLiteral, target: TupleType, place: Place) -> None:
        if any(isinstance(item, Spread) for item in node.items):
            return
        if len(node.items) != len(target.items):
            self._mismatch(node, self.inference.type_of(node), target, place)
            return
        self._check_items(node, list(target.items), place)


def _is_compound(node: Any) -> bool:
    """True where a branch of a conditional is an object or array, which is looked into."""
    while isinstance(node, Parenthesized):
        node = node.expression
    if isinstance(node, Ternary):
        return _is_compound(node.when_true) or _is_compound(node.when_false)
    return isinstance(node, ObjectLiteral | ArrayLiteral)


def _shape(target: Type) -> Type:
    """The one compound type among what is wanted; the target itself where there is none or more."""
    members = [member for member in members_of(target) if not isinstance(member, NullType)]
    return members[0] if len(members) == 1 else target
