"""Suggested rules: what they are for, what got none, and the Bicep to paste."""

from collections import Counter

from orchestrator.model.json_value import JsonObject
from orchestrator.model.suggestions import Suggestion
from orchestrator.reporting.styled_text import EMPTY, FAINT, STRONG, Line, line
from orchestrator.reporting.tables import render_table

_SHOWN_LINES = 5


def render_suggestion(suggestion: Suggestion, *, width: int | None) -> list[Line]:
    """All lines."""
    lines = [line(f"  {summarise_suggestion(suggestion)}")]
    if suggestion.flows:
        rows = [(flow.protocol, flow.host, str(flow.port), str(len(flow.lines)), ", ".join(flow.sources)) for flow in suggestion.flows]
        lines += [EMPTY, *render_table(("protocol", "denied", "port", "times", "from"), rows, width=width)]
    if suggestion.left_out:
        lines += [EMPTY, line(("No rule for:", STRONG))]
        lines += [line(f"  {one.what}: {one.why} ", (f"({shown_lines(one.lines)})", FAINT)) for one in suggestion.left_out]
    for text, where in (
        (
            suggestion.parameter,
            f"Paste into {suggestion.file}{'' if suggestion.parameter.startswith('param') else ', before the ] that ends `param allowList`'}:",
        ),
        (suggestion.topology, "The allow list cannot say the following; it belongs into the topology:"),
    ):
        if text:
            lines += [EMPTY, line((where, STRONG)), EMPTY, *(line(one) for one in text.rstrip("\n").split("\n"))]
    return lines


def summarise_suggestion(suggestion: Suggestion) -> str:
    """`12 records, 3 of them allowed; 4 flows were denied: 2 rules allow them.`"""
    rules = len(suggestion.entries) + sum(len(collection.rules) for collection in suggestion.collections)
    found = f"{len(suggestion.flows)} denied flows need {rules} rules" if rules else "no rule is needed"
    return f"{suggestion.log}: {suggestion.records} records, {suggestion.allowed} of them of allowed flows; {found}."


def shown_lines(lines: tuple[int, ...]) -> str:
    """`line 3`, `lines 3, 9, 12 and 40 more`; a line that has several records is named once."""
    numbers = list(Counter(lines))
    more = f" and {len(numbers) - _SHOWN_LINES} more" if len(numbers) > _SHOWN_LINES else ""
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(str(number) for number in numbers[:_SHOWN_LINES])}{more}"


def suggestion_to_json(suggestion: Suggestion) -> JsonObject:
    """All of it, for programs."""
    return {
        "log": suggestion.log,
        "records": suggestion.records,
        "allowed": suggestion.allowed,
        "flows": [{"protocol": f.protocol, "host": f.host, "port": f.port, "sources": list(f.sources), "lines": list(f.lines)} for f in suggestion.flows],
        "allowList": [{"name": e.name, "priority": e.priority, "protocols": list(e.protocols), "fqdns": list(e.fqdns)} for e in suggestion.entries],
        "collections": [{"group": c.group, "name": c.name, "priority": c.priority, "rules": list(c.rules)} for c in suggestion.collections],
        "leftOut": [{"what": one.what, "why": one.why, "lines": list(one.lines)} for one in suggestion.left_out],
        "parameter": suggestion.parameter,
        "topology": suggestion.topology,
    }
