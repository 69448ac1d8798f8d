"""A what-if in the layout that users of az know: legend, scopes, resources with their properties, the count.

Own code; the layout is documented by az's output (docs: what-if, and the facts that this project keeps).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from orchestrator.model.changes import ChangeType, PropertyChange, ResourceChange, WhatIf
from orchestrator.model.json_value import Json
from orchestrator.model.resource_id import ResourceId, parse_resource_id
from orchestrator.model.resources import is_expression
from orchestrator.reporting.change_symbols import LEGEND_ORDER, PROPERTY_LOOKS, RESOURCE_LOOKS, Look
from orchestrator.reporting.property_changes_text import render_property_changes
from orchestrator.reporting.styled_text import DOUBT, EMPTY, STRONG, Line, line
from orchestrator.reporting.values_text import UNIT, render_object


def render_what_if(what_if: WhatIf) -> list[Line]:
    """All lines of a what-if; where nothing would change, `Resource changes: no change.` alone."""
    lines: list[Line] = []
    if what_if.source == "snapshot":
        lines += [line("The resource group does not exist yet, so this is computed from the template alone; nothing was asked or written."), EMPTY]
    shown = [change for change in what_if.changes if change.type is not ChangeType.NO_CHANGE]
    if shown:
        lines += [*_render_legend(shown), EMPTY, *_render_scopes(shown)]
    lines.append(line((count_changes(what_if), STRONG)))
    return lines + _render_unsupported(what_if)


def count_changes(what_if: WhatIf) -> str:
    """`Resource changes: 1 to create, 2 to modify, 3 no change.`"""
    counts = Counter(change.type for change in what_if.changes)
    parts = [f"{counts[kind]} {look.count}" for kind, look in _by_weight(RESOURCE_LOOKS.items()) if counts[kind]]
    only_same = set(counts) <= {ChangeType.NO_CHANGE}
    words = "no change" if only_same else ", ".join(parts)
    return f"Resource changes: {words}." + (f" ({_as_they_should_be(counts[ChangeType.NO_CHANGE])})" if only_same and counts else "")


def _as_they_should_be(count: int) -> str:
    return "the one resource is as it should be" if count == 1 else f"all {count} resources are as they should be"


def relative_name(resource_id: str) -> str:
    """`Type/name` of an id: what remains of it below its scope."""
    return resource_id[len(scope_of(resource_id)) :].strip("/").removeprefix("providers/")


def scope_of(resource_id: str) -> str:
    """The group or subscription that a resource is in; an extension resource is in its target's. Empty for an id that stayed an expression."""
    if is_expression(resource_id):
        return ""
    parsed: ResourceId = parse_resource_id(resource_id)
    while "/providers/" in parsed.scope:
        parsed = parse_resource_id(parsed.scope)
    return parsed.scope


def _by_weight(looks: Iterable[tuple[ChangeType, Look]]) -> list[tuple[ChangeType, Look]]:
    return sorted(looks, key=lambda pair: pair[1].weight)


def _render_legend(changes: Sequence[ResourceChange]) -> list[Line]:
    looks = {RESOURCE_LOOKS[change.type].title: RESOURCE_LOOKS[change.type] for change in changes}
    looks |= {look.title: look for change in changes for look in _property_looks(change.delta)}
    ordered = sorted(looks.values(), key=lambda look: LEGEND_ORDER.index(look.title))
    words = "this symbol" if len(ordered) == 1 else "these symbols"
    return [
        line(f"Resource and property changes are indicated with {words}:"),
        *(line(UNIT, (look.symbol, look.style), f" {look.title}") for look in ordered),
    ]


def _property_looks(delta: Sequence[PropertyChange]) -> list[Look]:
    return [look for change in delta for look in (PROPERTY_LOOKS[change.type], *_property_looks(change.children))]


def _render_scopes(changes: Sequence[ResourceChange]) -> list[Line]:
    ordered = sorted(changes, key=lambda change: scope_of(change.resource_id).upper())
    scopes = [list(group) for _, group in groupby(ordered, lambda change: scope_of(change.resource_id).upper())]
    lines = [line(f"The deployment will update the following {'scope' if len(scopes) == 1 else 'scopes'}:")]
    for group in scopes:
        lines += [EMPTY, line(f"Scope: {scope_of(group[0].resource_id) or '(not known before the deployment)'}")]
        for change in sorted(group, key=lambda change: (RESOURCE_LOOKS[change.type].weight, relative_name(change.resource_id))):
            lines += _render_resource(change)
        lines.append(EMPTY)
    return lines


def _render_resource(change: ResourceChange) -> list[Line]:
    look = RESOURCE_LOOKS[change.type]
    version = (change.after or change.before or {}).get("apiVersion")
    head = line(UNIT, (f"{look.symbol} {relative_name(change.resource_id)}", look.style), f" [{version}]" if version else "")
    lines: list[Line] = [EMPTY, head]
    body = change.before if change.type is ChangeType.DELETE else change.after
    if change.type in (ChangeType.CREATE, ChangeType.DELETE) and body:
        lines += [EMPTY, *render_object(_without_nulls(body), level=3, style=look.style)]
    elif change.delta:
        lines += render_property_changes(change.delta, level=2)
    return lines


def _without_nulls(value: Json) -> Json:
    """To ARM null is absent."""
    if isinstance(value, dict):
        return {name: _without_nulls(member) for name, member in value.items() if member is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _render_unsupported(what_if: WhatIf) -> list[Line]:
    unsupported = [change for change in what_if.changes if change.type is ChangeType.UNSUPPORTED]
    if not unsupported:
        return []
    rows = [line((f"{relative_name(change.resource_id)} (Unsupported) {change.unsupported_reason or ''}", DOUBT)) for change in unsupported]
    return [EMPTY, line(f"Diagnostics ({len(rows)}):"), *rows]
