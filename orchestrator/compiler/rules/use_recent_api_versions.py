"""use-recent-api-versions: API versions that are too old.

Stable versions of the last maxAgeInDays are recent, previews of that age only where no stable version is newer. Where nothing is recent, the newest is.
Versions of the last gracePeriodInDays are allowed, but not asked for.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from orchestrator.compiler.linting.calls import Call, runtime_calls
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import known_text
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.linting.same_syntax import same_syntax
from orchestrator.compiler.semantics.symbols import ResourceSymbol
from orchestrator.compiler.syntax.expressions import Expression, FunctionCall, InstanceCall, PropertyAccess
from orchestrator.compiler.syntax.problems import Placed
from orchestrator.resource_types import versions_of

CODE = "use-recent-api-versions"
_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})(-(?:preview|alpha|beta|rc|privatepreview))?\Z", re.IGNORECASE)
_TYPE = re.compile(r"[a-z]+\.[a-z]+(?:/[a-z]+)+\Z", re.IGNORECASE)


class Version(NamedTuple):
    """An API version; `suffix` is empty for a stable one."""

    day: date
    suffix: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()}{self.suffix}"


class Limits(NamedTuple):
    """What counts as recent."""

    today: date
    age: int
    grace: int

    def is_recent(self, version: Version) -> bool:
        """True where it is not too old."""
        return version.day >= self.today - timedelta(days=self.age)

    def is_new(self, version: Version) -> bool:
        """True where nobody need have it yet."""
        return self.grace > 0 and version.day > self.today - timedelta(days=self.grace)


def _check(file: LintedFile) -> Iterator[Finding]:
    numbers = {}
    for name, default in (("maxAgeInDays", 730), ("gracePeriodInDays", 90)):
        value = file.setting(CODE, name, default)
        if not isinstance(value, int) or value < 0:
            yield Finding(Place(0, 0), f"The setting {name} is no number of days: {value}.", "Write a whole number.")
            value = default
        numbers[name] = value
    day = _read(str(file.setting(CODE, "test-today", "")))
    limits = Limits(day.day if day is not None else file.today(), numbers["maxAgeInDays"], numbers["gracePeriodInDays"])
    strict = file.setting(CODE, "test-warn-not-found", False) is True
    for symbol in file.resources:
        version = _read(symbol.version or "")
        if version is not None:
            start = symbol.declaration.type.start + max(file.text_of(symbol.declaration.type).find(symbol.version or ""), 0)
            yield from _judge(Place(start, start + len(symbol.version or "")), symbol.type or "", (version, limits), strict=strict)
    for call in runtime_calls(file):
        type_, version = _asked(file, call)
        if type_ is not None and version is not None:
            yield from _judge(call, type_, (version, limits), strict=True)


def _read(text: str) -> Version | None:
    match = _VERSION.match(text)
    if match is None:
        return None
    try:
        return Version(date.fromisoformat(match.group(1)), (match.group(2) or "").lower())
    except ValueError:
        return None


def _judge(place: Placed, type_: str, what: tuple[Version, Limits], *, strict: bool) -> Iterator[Finding]:
    """strict: what Microsoft does not list is a finding too."""
    version, limits = what
    known = _known(type_.lower())
    if not known or version not in known:
        if strict:
            yield Finding(place, f"'{type_}' has no version {version}." if known else f"There is no resource type '{type_}'.")
        return
    wanted = _recent(known, limits)
    if version not in wanted and not limits.is_new(version):
        yield Finding(place, f"The version {version} of '{type_}' is too old.", f"Take {', '.join(map(str, wanted[:3]))}.")


@cache
def _known(type_: str) -> tuple[Version, ...]:
    return tuple(version for text in versions_of(type_) if (version := _read(text)) is not None)


def _recent(known: tuple[Version, ...], limits: Limits) -> list[Version]:
    """The versions that may be used, newest first."""
    settled = [version for version in known if not limits.is_new(version)] or list(known)
    stable = [version for version in settled if not version.suffix]
    previews = [version for version in settled if version.suffix]
    found = [version for version in stable if limits.is_recent(version)] or _newest(stable)
    latest = max((version.day for version in stable), default=date.min)
    found += [version for version in previews if limits.is_recent(version) and version.day > latest]
    return sorted(found or _newest(previews), key=lambda version: (version.day, not version.suffix), reverse=True)


def _newest(versions: list[Version]) -> list[Version]:
    latest = max((version.day for version in versions), default=date.min)
    return [version for version in versions if version.day == latest]


def _asked(file: LintedFile, call: Call) -> tuple[str | None, Version | None]:
    """The type and version that a call of reference() or list*() asks for."""
    if len(call.arguments) < 2:
        return None, None
    type_ = _type_of_id(file, call.arguments[0])
    while type_ is not None and _TYPE.match(type_.rpartition("/")[0]) and not versions_of(type_):
        type_ = type_.rpartition("/")[0]
    return type_, _read(known_text(file, call.arguments[1]) or "")


def _type_of_id(file: LintedFile, node: Expression) -> str | None:
    if isinstance(node, FunctionCall | InstanceCall) and node.name.name == "resourceId":
        return _type_of_call(file, node)
    text = known_text(file, node)
    if text is not None and _TYPE.match(text):
        return text
    symbol = file.model.symbol_of(node.base) if isinstance(node, PropertyAccess) else None
    if isinstance(symbol, ResourceSymbol):
        return symbol.type
    return next((other.type for other in file.resources if _is_name_of(file, node, other)), None)


def _type_of_call(file: LintedFile, call: Call) -> str | None:
    """The first argument that is a type, with the known texts behind it: they may be more of it."""
    texts = [known_text(file, argument) for argument in call.arguments]
    for number, text in enumerate(texts):
        if text is not None and _TYPE.match(text.rstrip("/")):
            found = text.rstrip("/")
            for more in texts[number + 1 :]:
                if more is None:
                    break
                found += f"/{more}"
            return found
    return None


def _is_name_of(file: LintedFile, node: Expression, symbol: ResourceSymbol) -> bool:
    name = symbol.find_value("name")
    text = known_text(file, node)
    return name is not None and (same_syntax(name, node) or (text is not None and text == known_text(file, name)))


RULE = Rule(
    code=CODE,
    level=None,
    what="An API version older than maxAgeInDays (730) where there is a newer one, versions of the last gracePeriodInDays (90) aside.",
    remedy="Take a newer version.",
    check=_check,
)
