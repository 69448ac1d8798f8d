"""The decorators of Bicep: where each may stand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DecoratorRule:
    """Where a decorator may stand (keywords of declarations, `member` for parts of types), and how many arguments it takes."""

    places: frozenset[str]
    minimum: int
    maximum: int


def _rule(places: str, minimum: int, maximum: int | None = None) -> DecoratorRule:
    return DecoratorRule(frozenset(places.split()), minimum, minimum if maximum is None else maximum)


_VALUES = "param type member output"
DECORATORS: dict[str, DecoratorRule] = {
    "description": _rule("param type member output var resource module func metadata", 1),
    "metadata": _rule(_VALUES, 1),
    "secure": _rule(_VALUES, 0),
    "allowed": _rule("param", 1),
    "minValue": _rule(_VALUES, 1),
    "maxValue": _rule(_VALUES, 1),
    "minLength": _rule(_VALUES, 1),
    "maxLength": _rule(_VALUES, 1),
    "sealed": _rule(_VALUES, 0),
    "discriminator": _rule(_VALUES, 1),
    "export": _rule("type var func", 0),
    "batchSize": _rule("resource module", 1),
    "onlyIfNotExists": _rule("resource", 0),
    "retryOn": _rule("resource", 1, 2),
    "nullIfNotFound": _rule("resource", 0),
}
UNSUPPORTED_DECORATORS = frozenset(("waitUntil", "validate", "patch"))
"""Experimental in the official compiler; we say so and emit nothing."""
