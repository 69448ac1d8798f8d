"""Checks a value against the type that is wanted where it stands: literals part by part, a variable by what it stands for, all else by its type.

Codes: BCP033 a value, BCP034 an item, BCP036 (BCP088) a property, BCP035 something missing, BCP037 (BCP089) something unknown, BCP073 read-only,
BCP187 of no known use, BCP078 a discriminator, BCP176 `any`, BCP327-335 bounds, BCP321 what may be null.
"""

from dataclasses import dataclass, replace
from typing import Any

from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.bounds import check_bounds
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.symbols import VariableSymbol
from orchestrator.compiler.syntax.expressions import ArrayLiteral, For, If, ObjectLiteral, ObjectProperty, Parenthesized, Spread, VariableAccess
from orchestrator.compiler.syntax.problems import did_you_mean, is_misspelt
from orchestrator.compiler.types.constraints import is_lenient
from orchestrator.compiler.types.values import (
    ANY,
    NULL,
    AnyType,
    ArrayType,
    DiscriminatedType,
    ErrorType,
    IntegerType,
    NullType,
    ObjectType,
    Property,
    PropertyFlags,
    StringLiteralType,
    StringType,
    TupleType,
    Type,
    UnionType,
    is_nullable,
    make_union,
    members_of,
    resolve,
    type_name,
    without_null,
)
from orchestrator.model.diagnostics import has_errors

_COMPOUND = (ObjectType, DiscriminatedType, ArrayType, TupleType)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: what a mismatch is called; where something missing is reported (None: at the object itself); `origin`: the use of the variable
    that the value belongs to, where all problems go; `in_resource`: a resource's body, whose types may be inexact; `warns`: a mismatch is a warning."""

    code: str = "BCP033"
    what: str = "The value"
    missing_at: Any = None
    origin: Any = None
    in_resource: bool = False
    existing: bool = False
    warns: bool = False
    refuses_any: bool = False


class Assignment:
    """Checks values of one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.problems = inference.model.problems
        self._seen: set[tuple[int, int, int]] = set()
        self._kept: list[Any] = []

    def check(self, node: Any, target: Type, place: Place) -> None:
        """Enter what is wrong with a value where `target` is wanted."""
        self._check(node, self.inference.type_of(node), target, place)

    def _check(self, node: Any, source: Type, target: Type, place: Place) -> None:
        source, target = resolve(source), resolve(target)
        if place.refuses_any and isinstance(source, AnyType):
            self.problems.error(place.origin or node, "BCP176", "A value of any type cannot stand here.", "Name the resource, module or scope itself.")
            return
        if isinstance(source, ErrorType) or isinstance(target, ErrorType):
            return
        while isinstance(node, Parenthesized | If):
            node = node.expression if isinstance(node, Parenthesized) else node.body
        items = resolve(without_null(target))
        if isinstance(node, For) and isinstance(items, ArrayType):
            self._check(node.body, self.inference.type_of(node.body), items.item, place)
            return
        if not is_assignable(source, target):
            if not is_nullable(source) or isinstance(source, NullType) or not is_assignable(without_null(source), target):
                self._mismatch(node, source, target, place)
                return
            self.problems.warn(
                node, "BCP321", "The value may be null, and null is not allowed here.", "Give a default with ??, or write ! where it is never null."
            )
            source = resolve(without_null(source))
        self._narrow(node, source, target, place)

    def _narrow(self, node: Any, source: Type, target: Type, place: Place) -> None:
        if isinstance(source, UnionType) and isinstance(target, _COMPOUND):
            said = [self._try(node, member, target, place) for member in source.members]
            wrong = next((found for found in said if has_errors(found)), None)
            self.problems.found.extend(wrong if wrong is not None else [entry for found in said for entry in found])
            return
        match target:
            case ObjectType():
                self._check_object(node, source, target, place)
            case DiscriminatedType():
                self._check_discriminated(node, source, target, place)
            case ArrayType() | TupleType():
                self._check_array(node, source, target, place)
            case UnionType(members) if len(some := [member for member in members if not isinstance(member, NullType)]) == 1:
                if not isinstance(source, NullType):
                    self._narrow(node, resolve(without_null(source)), resolve(some[0]), place)
            case UnionType():
                self._check_union(node, source, target, place)
            case StringType() | IntegerType():
                check_bounds(self.problems, node, source, target, warn=place.in_resource or target.lenient)
            case _:
                pass

    def _mismatch(self, node: Any, source: Type, target: Type, place: Place) -> None:
        message = f"{place.what} must be {type_name(target)}, and is {type_name(source)}."
        literals = [type_name(member) for member in members_of(target) if isinstance(member, StringLiteralType)]
        only_literals = len(literals) == len(members_of(target))
        remedy = did_you_mean(type_name(source), literals) if isinstance(source, StringLiteralType) else None
        code = place.code
        if code == "BCP036" and isinstance(source, StringLiteralType) and only_literals and is_misspelt(type_name(source), literals) and place.origin is None:
            code = "BCP088"
        self._report(place.warns or is_lenient(target), place.origin or node, code, message, remedy)

    def _report(self, warns: bool, node: Any, code: str, message: str, remedy: str | None = None) -> None:
        report = self.problems.warn if warns else self.problems.error
        report(node, code, message, remedy)

    def _check_object(self, node: Any, source: Type, target: ObjectType, place: Place) -> None:
        declared = self._declared(node)
        if declared is not None:
            self._check_object(declared, source, target, replace(place, origin=place.origin or node))
            return
        if isinstance(source, ObjectType) and not self._is_broken(node):
            literal = node if isinstance(node, ObjectLiteral) else None
            self._check_missing(node, source, target, place)
            for name, entry in source.properties.items():
                wanted = target.properties.get(name)
                member = literal.find(name) if literal is not None else None
                if wanted is not None and not (wanted.read_only and entry.read_only):
                    self._check_property(member, node, (name, entry.type, wanted), target, place)
                elif wanted is None and target.additional is not None:
                    inner = self._inner(place, name, Property(target.additional), member, warns=is_lenient(target.additional))
                    self._check(member.value if member is not None else node, entry.type, target.additional, inner)
            self._check_unknown(literal, node, source, target, place)

    def _check_missing(self, node: Any, source: ObjectType, target: ObjectType, place: Place) -> None:
        if source.additional is not None:
            return
        missing = sorted(
            name
            for name, entry in target.properties.items()
            if entry.required and not entry.read_only and name not in source.properties and not is_nullable(entry.type)
        )
        if missing:
            inexact = place.in_resource and not any(target.properties[name].flags & PropertyFlags.SYSTEM for name in missing)
            names = ", ".join(f"'{name}'" for name in missing)
            self._report(inexact or target.lenient, place.origin or place.missing_at or node, "BCP035", f"Missing here: {names}.", "Add what is missing.")

    def _inner(self, place: Place, name: str, wanted: Property, member: ObjectProperty | None, *, warns: bool) -> Place:
        """The place of a property's value."""
        return replace(
            place,
            code="BCP036",
            what=f"The property '{name}'",
            missing_at=member.key if member is not None else None,
            existing=False,
            warns=warns,
            refuses_any=bool(wanted.flags & PropertyFlags.NO_ANY),
        )

    def _check_property(self, member: ObjectProperty | None, node: Any, given: tuple[str, Type, Property], target: ObjectType, place: Place) -> None:
        name, source, wanted = given
        inexact = (place.in_resource or target.lenient) and not wanted.flags & PropertyFlags.SYSTEM
        at = place.origin or (member.key if member is not None else node)
        if wanted.read_only:
            if place.existing:
                self.problems.error(at, "BCP173", f"'{name}' cannot be written on an existing resource.", "Remove the line.")
            else:
                self._report(inexact or target.lenient, at, "BCP073", f"'{name}' is read-only.", "Remove the line.")
            return
        if wanted.flags & PropertyFlags.FALLBACK:
            self.problems.warn(at, "BCP187", f"The type has no property '{name}'.", "It may be valid all the same; check the name.")
        value = member.value if member is not None else node
        type_ = make_union((wanted.type, NULL)) if wanted.flags & PropertyFlags.NULLABLE and not wanted.required else wanted.type
        key = (id(value), id(resolve(source)), id(resolve(wanted.type)))
        if key not in self._seen:
            self._seen.add(key)
            self._kept.append((value, resolve(source), resolve(wanted.type)))  # so that no id is given away a second time
            self._check(value, source, type_, self._inner(place, name, wanted, member, warns=inexact or is_lenient(wanted.type)))

    def _check_unknown(self, literal: ObjectLiteral | None, node: Any, source: ObjectType, target: ObjectType, place: Place) -> None:
        open_type = target.additional is None and not target.sealed
        if target.additional is not None or (open_type and literal is None):
            return
        warns = open_type or target.lenient
        free = sorted(
            name
            for name, entry in target.properties.items()
            if not entry.read_only and not entry.flags & PropertyFlags.FALLBACK and name not in source.properties
        )
        for name in source.properties:
            if name in target.properties:
                continue
            member = literal.find(name) if literal is not None else None
            code = "BCP089" if place.origin is None and is_misspelt(name, free) else "BCP037"
            remedy = did_you_mean(name, free) or (f"Allowed are: {', '.join(free)}." if free else "Remove it.")
            self._report(warns, place.origin or (member.key if member else node), code, f"The property '{name}' is not known here.", remedy)
        for member in literal.properties if literal is not None else ():
            if member.name is None:
                self._report(warns, member.key, "BCP040", "A key that is put together cannot stand here.", "Write the property's name.")

    def _check_discriminated(self, node: Any, source: Type, target: DiscriminatedType, place: Place) -> None:
        if self._is_broken(node) or not isinstance(source, ObjectType):
            return
        key = target.discriminator
        entry = source.properties.get(key)
        texts = " | ".join(f"'{value}'" for value in target.members)
        if entry is None:
            if source.additional is None:
                self._missing_discriminator(node, source, target, place)
            return
        member = node.find(key) if isinstance(node, ObjectLiteral) else None
        at = place.origin or (member.value if member is not None else node)
        value = resolve(entry.type)
        if isinstance(value, AnyType):
            return
        if isinstance(value, StringLiteralType):
            chosen = resolve(target.members.get(value.value, ErrorType()))
            if isinstance(chosen, ObjectType):
                self._check_object(node, source, chosen, place)
                return
            quoted = [f"'{known}'" for known in target.members]
            code = "BCP088" if place.origin is None and is_misspelt(f"'{value.value}'", quoted) else "BCP036"
            remedy = did_you_mean(value.value, target.members)
            self._report(place.in_resource or target.lenient, at, code, f"The property '{key}' must be {texts}.", remedy)
        elif is_assignable(value, make_union(tuple(StringLiteralType(text) for text in target.members))):
            self.problems.warn(at, "BCP225", f"What '{key}' is cannot be known here, so that the object is not checked.")
        else:
            self._report(place.in_resource or target.lenient, at, "BCP036", f"The property '{key}' must be {texts}.")

    def _missing_discriminator(self, node: Any, source: ObjectType, target: DiscriminatedType, place: Place) -> None:
        key = target.discriminator
        texts = " | ".join(f"'{value}'" for value in target.members)
        at = place.origin or node
        self._report(target.lenient, at, "BCP078", f"The property '{key}' is missing; it must be {texts}.")
        near = next((name for name in source.properties if is_misspelt(key, [name])), None)
        if near is not None:
            member = node.find(near) if isinstance(node, ObjectLiteral) else None
            at = place.origin or (member.key if member is not None else node)
            self._report(target.lenient, at, "BCP089", f"The property '{near}' is not known here.", f"Did you mean '{key}'?")

    def _check_array(self, node: Any, source: Type, target: ArrayType | TupleType, place: Place) -> None:
        declared = self._declared(node)
        if declared is not None:
            self._check(declared, source, target, replace(place, origin=place.origin or node))
        elif isinstance(node, ArrayLiteral):
            self._check_items(node, target, place)
        elif isinstance(source, TupleType) and isinstance(target, TupleType):
            self._check_lengths(node, source, target, place)
            for given, wanted in zip(source.items, target.items, strict=False):
                self._check(node, given, wanted, place)
        elif isinstance(source, ArrayType | TupleType):
            self._check_lengths(node, source, target, place)
            item = source.item if isinstance(source, ArrayType) else make_union(source.items) if source.items else ANY
            self._check(node, item, _item(target), place)

    def _check_lengths(self, node: Any, source: Type, target: ArrayType | TupleType, place: Place) -> None:
        if isinstance(target, TupleType):
            target = ArrayType(ANY, len(target.items), len(target.items))
        check_bounds(self.problems, node, source, target, warn=place.in_resource or target.lenient)

    def _check_items(self, node: ArrayLiteral, target: ArrayType | TupleType, place: Place) -> None:
        if self._is_broken(node):
            return
        warns = isinstance(target, ArrayType) and target.lenient
        inner = replace(place, code="BCP034", what="The item", missing_at=None, warns=warns, existing=False)
        spread = False
        for number, item in enumerate(node.items):
            wanted = target.items[number] if isinstance(target, TupleType) and not spread and number < len(target.items) else None
            if isinstance(item, Spread):
                spread = True
                self.check(item.expression, ArrayType(_item(target)), replace(inner, code="BCP396", what="What is spread"))
            else:
                self.check(item, wanted or (ANY if isinstance(target, TupleType) and not spread else _item(target)), inner)
        if not spread:
            self._check_lengths(node, TupleType((ANY,) * len(node.items)), target, place)

    def _check_union(self, node: Any, source: Type, target: UnionType, place: Place) -> None:
        declared = self._declared(node)
        if declared is not None:
            self._check(declared, source, target, replace(place, origin=place.origin or node))
            return
        for member in members_of(source):
            self._check_alternatives(node, member, target, place)

    def _check_alternatives(self, node: Any, source: Type, target: UnionType, place: Place) -> None:
        """A value where one of several is wanted: what is said of the first that it may be, where none fits without a word."""
        found = []
        for member in target.members:
            if is_assignable(source, member):
                said = self._try(node, source, member, place)
                if not said:
                    return
                found.append(said)
        best = next((said for said in found if not has_errors(said)), found[0] if found else [])
        self.problems.found.extend(best)

    def _try(self, node: Any, source: Type, target: Type, place: Place) -> list[Any]:
        """What would be said."""
        kept, self.problems.found = self.problems.found, []
        seen, self._seen = self._seen, set()
        try:
            self._narrow(node, resolve(source), resolve(target), place)
            return self.problems.found
        finally:
            self.problems.found, self._seen = kept, seen

    def _declared(self, node: Any) -> Any:
        """What a variable of this file stands for; None for anything else."""
        if not isinstance(node, VariableAccess):
            return None
        symbol = self.inference.model.symbol_of(node)
        if isinstance(symbol, VariableSymbol) and symbol.model is self.inference.model and symbol.declaration.type is None:
            return symbol.declaration.value
        return None

    def _is_broken(self, node: Any) -> bool:
        """True where the parser found a problem inside: what is missing there may be meant."""
        model = self.inference.model
        if not model.file.problems:
            return False
        start, end = model.file.source.position(node.start), model.file.source.position(node.end)
        return any(start <= problem.span.start and problem.span.start <= end for problem in model.file.problems)


def _item(target: ArrayType | TupleType) -> Type:
    return target.item if isinstance(target, ArrayType) else make_union(target.items) if target.items else ANY
