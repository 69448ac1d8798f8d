"""no-hardcoded-env-urls: hosts that are others in another cloud."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.syntax.declarations import MetadataDeclaration, ModuleDeclaration, ResourceDeclaration
from orchestrator.compiler.syntax.expressions import StringSyntax
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.model.diagnostics import Level

CODE = "no-hardcoded-env-urls"
DISALLOWED = (
    "azuredatalakeanalytics.net",
    "azuredatalakestore.net",
    "batch.core.windows.net",
    "core.windows.net",
    "database.windows.net",
    "datalake.azure.net",
    "gallery.azure.com",
    "graph.windows.net",
    "login.microsoftonline.com",
    "management.azure.com",
    "management.core.windows.net",
    "vault.azure.net",
)
EXCLUDED = ("schema.management.azure.com",)


def _check(file: LintedFile) -> Iterator[Finding]:
    disallowed = _hosts(file.setting(CODE, "disallowedhosts", DISALLOWED))
    starts = [] if file.model.is_parameters else _find_starts(file.text.lower(), disallowed)
    if not starts:
        return
    found = _pattern(disallowed)
    excluded = _hosts(file.setting(CODE, "excludedhosts", EXCLUDED))
    shortest = min(len(host) for host in disallowed)
    for text in file.nodes(StringSyntax):
        first = bisect_left(starts, text.start)
        if first < len(starts) and starts[first] < text.end and _counts(file, text):
            yield from _find_hosts(file, text, (found, _pattern(excluded) if excluded else None, shortest))


def _hosts(value: Any) -> tuple[str, ...]:
    return tuple(host for host in value if isinstance(host, str) and host) if isinstance(value, list | tuple) else ()


def _find_starts(lower: str, hosts: tuple[str, ...]) -> list[int]:
    """Where a host may stand, wherever that be: most files hold none, and the exact search is slow."""
    found: list[int] = []
    for host in hosts:
        at = lower.find(host.lower())
        while at >= 0:
            found.append(at)
            at = lower.find(host.lower(), at + 1)
    return sorted(found)


@cache
def _pattern(hosts: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(hosts, key=len, reverse=True)
    return re.compile(r"(?<![^\W_])(?:" + "|".join(re.escape(host) for host in longest_first) + r")(?![^\W_])", re.IGNORECASE)


def _counts(file: LintedFile, text: StringSyntax) -> bool:
    """False for descriptions, a resource's type, a module's path, and texts that are types."""
    inner: Any = text
    for node in file.ancestors(text):
        match node:
            case MetadataDeclaration():
                return False
            case Decorator() if node.name in ("description", "metadata"):
                return False
            case ResourceDeclaration(type=own) | ModuleDeclaration(path=own) if own is inner:
                return False
            case _ if inner is getattr(node, "type", None) or (type(node).__module__.endswith("syntax.types") and not isinstance(node, Decorator)):
                return False
        inner = node
    return True


def _find_hosts(file: LintedFile, text: StringSyntax, search: tuple[re.Pattern[str], re.Pattern[str] | None, int]) -> Iterator[Finding]:
    """Go through a text's parts; the first long one without a hit ends the search, as in the official linter."""
    pattern, excluded, shortest = search
    for start, end in _parts(text):
        if len(file.text[start:end].strip()) < shortest:
            continue
        hits = list(pattern.finditer(file.text, start, end))
        if not hits:
            return
        free = list(excluded.finditer(file.text, start, end)) if excluded else []
        for hit in hits:
            if not any(other.start() < hit.end() and hit.start() < other.end() for other in free):
                yield Finding(Place(hit.start(), hit.end()), f"'{hit.group()}' is another host in another cloud.")


def _parts(text: StringSyntax) -> Iterator[tuple[int, int]]:
    """Where a text's own characters stand, between what is interpolated."""
    start = text.start
    for expression in text.expressions:
        yield start, expression.start
        start = expression.end
    yield start, text.end


RULE = Rule(
    code=CODE,
    level=Level.WARNING,
    what="A host of one cloud in a text; settings: disallowedhosts, excludedhosts.",
    remedy="Take it from environment().",
    check=_check,
)
