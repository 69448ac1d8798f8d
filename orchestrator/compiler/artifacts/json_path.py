"""JSONPath, as far as the load functions take it: members, indices, slices, wildcards, descent and filters."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.model.json_value import Json

Step = Callable[[Json], Iterator[Json]]
_TOKEN = re.compile(
    r"""(?P<descent>\.\.)?(?:\.)?(?:(?P<star>\*)|(?P<name>[^\s.\[\]()'"*?@]+)|\[\s*(?P<filter>\?\()|\[(?P<inside>(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\]])*)\])"""
)
_QUOTED = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(?:,|\Z)""")
_COMPARISON = re.compile(r"""\s*@(?P<path>[^=<>!&|]*?)\s*(?:(?P<operator>==|!=|<=|>=|<|>)\s*(?P<value>'(?:[^'\\]|\\.)*'|[^\s&|)]+)\s*)?\Z""")


class BadPathError(Exception):
    """The path is not valid."""


def select_tokens(value: Json, path: str) -> list[Json]:
    """Everything that a path finds."""
    found = [value]
    for step in _parse(path):
        found = [inner for outer in found for inner in step(outer)]
    return found


def _parse(path: str) -> list[Step]:
    path = path.strip().removeprefix("$")
    steps: list[Step] = []
    position = 0
    while position < len(path):
        token = _TOKEN.match(path, position)
        if token is None or token.end() == position:
            raise BadPathError(path)
        position = token.end()
        if token["filter"]:
            end = path.find(")]", position)
            if end < 0:
                raise BadPathError(path)
            step = _filter(path[position:end])
            position = end + 2
        else:
            step = _all if token["star"] else _members([token["name"]]) if token["name"] else _inside(token["inside"])
        steps.append(_descending(step) if token["descent"] else step)
    return steps


def _all(value: Json) -> Iterator[Json]:
    yield from value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _members(names: list[str]) -> Step:
    def step(value: Json) -> Iterator[Json]:
        if isinstance(value, dict):
            yield from (value[name] for name in names if name in value)

    return step


def _inside(text: str) -> Step:
    """What stands in brackets: `*`, names in quotes, indices, or a slice."""
    if text.strip() == "*":
        return _all
    names = [match.group(1) if match.group(1) is not None else match.group(2) for match in _QUOTED.finditer(text)]
    if names:
        return _members([re.sub(r"\\(.)", r"\1", name) for name in names])
    try:
        if ":" in text:
            start, end, pace = ([int(part) if part.strip() else None for part in text.split(":")] + [None, None])[:3]
            return lambda value: iter(value[start:end:pace] if isinstance(value, list) else [])
        indices = [int(part) for part in text.split(",")]
    except ValueError as error:
        raise BadPathError(text) from error
    return lambda value: iter([value[index] for index in indices if 0 <= index < len(value)] if isinstance(value, list) else [])


def _descending(step: Step) -> Step:
    def walk(value: Json) -> Iterator[Json]:
        yield from step(value)
        for inner in _all(value):
            yield from walk(inner)

    return walk


def _filter(text: str) -> Step:
    """`@.price > 3 && @.name == 'x' || ...`"""
    alternatives = [[_condition(part) for part in group.split("&&")] for group in text.split("||")]

    def step(value: Json) -> Iterator[Json]:
        for inner in _all(value):
            if any(all(condition(inner) for condition in group) for group in alternatives):
                yield inner

    return step


def _condition(text: str) -> Callable[[Json], bool]:
    match = _COMPARISON.match(text)
    if match is None:
        raise BadPathError(text)
    steps, operator, written = _parse(match["path"]), match["operator"], match["value"]
    wanted = _literal(written) if written is not None else None

    def holds(value: Json) -> bool:
        found = [value]
        for step in steps:
            found = [inner for outer in found for inner in step(outer)]
        return bool(found) if operator is None else any(_compare(operator, inner, wanted) for inner in found)

    return holds


def _literal(text: str) -> Json:
    if text.startswith("'"):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    if text in _WORDS:
        return _WORDS[text]
    try:
        return float(text) if "." in text else int(text)
    except ValueError as error:
        raise BadPathError(text) from error


def _compare(operator: str, left: Any, right: Any) -> bool:
    if operator in ("==", "!="):
        return bool((left == right) == (operator == "=="))
    alike = isinstance(left, str) == isinstance(right, str) and isinstance(left, str | int | float) and isinstance(right, str | int | float)
    return alike and bool(_ORDER[operator](left, right))


_WORDS: dict[str, Json] = {"true": True, "false": False, "null": None}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}
