"""An explanation: the path hop by hop, what decides, what would change it, and what the packets did."""

from orchestrator.model.explanations import ExplainedFlow, ExplainedWay, Explanation, LiveAnswer
from orchestrator.model.flows import CheckStatus
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.indented_text import render_indented
from orchestrator.reporting.preflight_text import render_assumptions
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, FAINT, GOOD, STRONG, Line, line

_STYLES = {True: GOOD, False: BAD, None: DOUBT}
_WORDS = {True: "arrives", False: "does not arrive", None: "not known"}
_LIVE = {CheckStatus.PASSED: ("agrees", GOOD), CheckStatus.FAILED: ("DISAGREES", BAD)}
_SHOWN_WAYS = 3


def render_explanation(explanation: Explanation, *, width: int | None = None) -> list[Line]:
    """A block for each flow, then what was seen."""
    lines: list[Line] = []
    for flow in explanation.flows:
        lines += [*_render_flow(flow, explanation.basis, width), EMPTY]
    for answer in explanation.live or ():
        lines += _render_live(answer, width)
    if explanation.could_not_run is not None:
        lines += render_indented("live: could not run: ", explanation.could_not_run, width, style=DOUBT)
    return lines if explanation.live or explanation.could_not_run else lines[:-1]


def _render_flow(flow: ExplainedFlow, basis: str, width: int | None) -> list[Line]:
    head = line((f"{flow.source} -> {flow.endpoint}: ", STRONG), (_WORDS[flow.allowed], _STYLES[flow.allowed]), (f"  (by {basis}; {flow.grade})", FAINT))
    lines = [head, *_render_way(flow.ways[0], width)]
    lines += render_indented("  => ", flow.ends, width, style=_STYLES[flow.allowed])
    if flow.leaving is not None and flow.allowed:
        lines += render_indented("     seen outside with: ", flow.leaving, width)
    lines += _render_others(flow, width)
    if flow.nearest is not None:
        if flow.nearest.rule is not None:
            misses = f", but for {', '.join(flow.nearest.misses)}" if flow.nearest.misses else ""
            lines += render_indented("  nearest rule: ", f"{flow.nearest.rule}{misses}", width, style=STRONG)
        lines += render_indented("  smallest change: ", flow.nearest.change, width, style=STRONG)
    if flow.reply is not None:
        lines += render_indented("  answers: ", flow.reply, width, style=DOUBT)
    for reason in flow.undecided:
        lines += render_indented("  left open, without changing that: ", reason, width, style=FAINT)
    return lines + render_assumptions([(one.code, one.text, one.source) for one in flow.assumptions], width)


def _render_way(way: ExplainedWay, width: int | None) -> list[Line]:
    lines: list[Line] = []
    for number, hop in enumerate(way.hops, start=1):
        lines += render_indented(f"  {number}. {hop.step:<14} ", hop.text, width)
        if hop.resource_id:
            lines.append(line((f"{'':20}{_short(hop.resource_id)}", FAINT)))
    return lines


def _render_others(flow: ExplainedFlow, width: int | None) -> list[Line]:
    """Where a fact is not known there are more ways than one."""
    if len(flow.ways) < 2 or flow.allowed is not None:
        return []
    lines = [line((f"  {len(flow.ways)} ways are possible:", DOUBT))]
    for way in flow.ways[:_SHOWN_WAYS]:
        why = f", since {'; '.join(way.reasons)}" if way.reasons else ""
        last = way.hops[-1].text if way.hops else ""
        lines += render_indented("    - ", f"{way.ends}: {last}{why}", width)
    return lines


def _render_live(answer: LiveAnswer, width: int | None) -> list[Line]:
    word, style = _LIVE.get(answer.status, ("inconclusive", DOUBT))
    observation = answer.observation
    outcome, detail = observation.outcome.value, observation.detail
    lines = [line((f"live, {answer.source}: ", STRONG), (word, style))]
    lines += render_indented("  seen: ", detail if outcome in detail else f"{outcome}: {detail}", width)
    return lines + render_indented("  ", answer.note, width)


def _short(resource_id: str) -> str:
    """From the provider on: the rest is the same in every line."""
    return resource_id.rpartition("/providers/")[2]


def explanation_to_json(explanation: Explanation) -> JsonObject:
    """All of it, for programs."""
    return {
        "basis": explanation.basis,
        "flows": [flow_to_json(flow) for flow in explanation.flows],
        "live": None
        if explanation.live is None
        else [
            {"source": one.source, "outcome": one.observation.outcome.value, "detail": one.observation.detail, "status": one.status.value, "note": one.note}
            for one in explanation.live
        ],
        "couldNotRun": explanation.could_not_run,
    }


def flow_to_json(flow: ExplainedFlow) -> JsonObject:
    """One flow, with every way that it may take."""
    nearest = flow.nearest
    return {
        "source": flow.source,
        "endpoint": str(flow.endpoint),
        "allowed": flow.allowed,
        "ends": flow.ends,
        "grade": flow.grade,
        "outcome": None if flow.outcome is None else flow.outcome.value,
        "leaving": flow.leaving,
        "ways": [
            {
                "hops": [{"step": hop.step, "resourceId": hop.resource_id, "text": hop.text, "rule": hop.rule} for hop in way.hops],
                "ends": way.ends,
                "reasons": list(way.reasons),
            }
            for way in flow.ways
        ],
        "assumptions": [{"code": one.code, "text": one.text, "source": one.source} for one in flow.assumptions],
        "reasons": list(flow.reasons),
        "undecided": list(flow.undecided),
        "nearest": None if nearest is None else {"rule": nearest.rule, "misses": list(nearest.misses), "change": nearest.change},
        "reply": flow.reply,
    }
