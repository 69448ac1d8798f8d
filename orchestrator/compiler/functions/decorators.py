"""The decorators of Bicep: where each may stand."""

from dataclasses import dataclass

from orchestrator.compiler.types.values import ANY, ARRAY, INTEGER, STRING, STRINGS, IntegerType, ObjectType, Property, Type


@dataclass(frozen=True, slots=True)
class DecoratorRule:
    """Where a decorator may stand (keywords of declarations, `member` for parts of types), and the types of its arguments, of which `minimum` are needed."""

    places: frozenset[str]
    arguments: tuple[Type, ...]
    minimum: int


def _rule(places: str, *arguments: Type, optional: int = 0) -> DecoratorRule:
    return DecoratorRule(frozenset(places.split()), arguments, len(arguments) - optional)


_METADATA = ObjectType({"description": Property(STRING, False)}, ANY)


_VALUES = "param type member output"
DECORATORS: dict[str, DecoratorRule] = {
    "description": _rule("param type member output var resource module func metadata", STRING),
    "metadata": _rule(_VALUES, _METADATA),
    "secure": _rule(f"{_VALUES} func"),
    "allowed": _rule("param", ARRAY),
    "minValue": _rule(_VALUES, INTEGER),
    "maxValue": _rule(_VALUES, INTEGER),
    "minLength": _rule(_VALUES, INTEGER),
    "maxLength": _rule(_VALUES, INTEGER),
    "sealed": _rule(_VALUES),
    "discriminator": _rule(_VALUES, STRING),
    "export": _rule("type var func"),
    "batchSize": _rule("resource module func", INTEGER),
    "onlyIfNotExists": _rule("resource"),
    "retryOn": _rule("resource", STRINGS, IntegerType(1), optional=1),
    "nullIfNotFound": _rule("resource"),
}
UNSUPPORTED_DECORATORS = {"waitUntil": "waitUntil", "validate": "userDefinedConstraints", "patch": "patch"}
"""Experimental in the official compiler, and the feature each needs. Where it is on we say so and emit nothing; where it is off there is no such decorator."""
