"""Which flows a deployment changes, below the resource changes."""

from collections import Counter

from orchestrator.model.json_value import JsonObject
from orchestrator.model.traffic import FlowChange, FlowChangeKind, TrafficComparison
from orchestrator.reporting.indented_text import render_indented
from orchestrator.reporting.styled_text import BAD, DOUBT, FAINT, GOOD, STRONG, Line, line

_VERBS = {
    FlowChangeKind.LOST: ("-", "lose", BAD),
    FlowChangeKind.UNCERTAIN: ("?", "may lose", DOUBT),
    FlowChangeKind.READDRESSED: ("~", "leave with another address to", DOUBT),
    FlowChangeKind.GAINED: ("+", "gain", GOOD),
    FlowChangeKind.DENIED_OTHERWISE: ("~", "are denied otherwise at", FAINT),
    FlowChangeKind.KNOWN_NOW: ("?", "are told only now of", FAINT),
}
_SHOWN = 6


def render_traffic(comparison: TrafficComparison, *, width: int | None = None) -> list[Line]:
    """Lost flows first; nothing that changes is one line."""
    lines = [line(("Traffic changes: ", STRONG), summarise_traffic(comparison))]
    for change in comparison.changes:
        lines += _render_change(change, width)
    for cluster, leaving in comparison.new:
        lines += render_indented(f"  + {cluster} is new; its pods will leave with: ", leaving, width, style=GOOD)
    return lines


def summarise_traffic(comparison: TrafficComparison) -> str:
    """`2 lost, 1 gained, of 80 flows.`"""
    if not comparison.compared:
        return "nothing is deployed yet that could lose any." if comparison.new else "no flows to compare."
    counts: Counter[FlowChangeKind] = Counter()
    for change in comparison.changes:
        counts[change.kind] += len(change.endpoints)
    said = ", ".join(f"{counts[kind]} {kind.value}" for kind in FlowChangeKind if counts[kind])
    return f"{said or 'none'}, of {comparison.compared} flows that were compared."


def _render_change(change: FlowChange, width: int | None) -> list[Line]:
    symbol, verb, style = _VERBS[change.kind]
    shown = ", ".join(change.endpoints[:_SHOWN]) + (f" and {len(change.endpoints) - _SHOWN} more" if len(change.endpoints) > _SHOWN else "")
    lines = render_indented(f"  {symbol} ", f"{change.source} {verb} {shown}", width, style=style)
    if change.kind is not FlowChangeKind.GAINED:
        lines += render_indented("      before: ", change.before, width, style=FAINT)
    lines += render_indented("      after:  ", change.after, width, style=FAINT)
    return lines + (render_indented("      to keep it: ", change.remedy, width, style=FAINT) if change.remedy else [])


def traffic_to_json(comparison: TrafficComparison) -> JsonObject:
    """All of it, for programs."""
    return {
        "compared": comparison.compared,
        "changes": [
            {
                "kind": one.kind.value,
                "source": one.source,
                "endpoints": list(one.endpoints),
                "before": one.before,
                "after": one.after,
                "remedy": one.remedy or None,
            }
            for one in comparison.changes
        ],
        "new": [{"cluster": cluster, "leaving": leaving} for cluster, leaving in comparison.new],
    }
