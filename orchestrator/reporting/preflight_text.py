"""A preflight: in full for `preflight`; for `deploy` a few lines, where all is well."""

from collections import Counter

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import CheckStatus
from orchestrator.model.json_value import JsonObject
from orchestrator.model.preflight import NotKnown, PredictedEndpoint, PreflightReport
from orchestrator.reporting.findings_text import render_findings
from orchestrator.reporting.indented_text import render_indented
from orchestrator.reporting.styled_text import BAD, DOUBT, EMPTY, FAINT, GOOD, STRONG, Line, line
from orchestrator.reporting.tables import render_table

_STYLES = {CheckStatus.PASSED: GOOD, CheckStatus.FAILED: BAD, CheckStatus.INCONCLUSIVE: DOUBT}
_STANDING_STYLES = {"met": GOOD, "denied": BAD, "unknown": DOUBT}


def render_preflight(report: PreflightReport, *, brief: bool = False, width: int | None = None) -> list[Line]:
    """All lines; `brief`: warnings are one line for each code, and endpoints that are met are only counted."""
    lines = _render_brief(report, width) if brief else _render_full(report, width)
    if report.forced:
        lines.append(line(("  forced", BAD), f": --force overrides {', '.join(report.forced)}"))
    return lines


def summarise_preflight(report: PreflightReport) -> str:
    """`14 of 14 required endpoints are reached (on 3 assumptions); 2 warnings`."""
    met = report.standings["met"]
    parts = [f"{met} of {len(report.endpoints)} required endpoints are reached"]
    parts += [f"{report.standings[standing]} {standing}" for standing in ("denied", "unknown") if report.standings[standing]]
    text = ", ".join(parts)
    if report.assumptions:
        counts = Counter(one.code for one in report.assumptions)
        text += f", on {_count(len(report.assumptions), 'assumptions')} ({', '.join(f'{count} {code}' for code, count in counts.items())})"
    severities = Counter(finding.severity for finding in report.findings)
    words = {Severity.ERROR: "errors", Severity.UNKNOWN: "not known", Severity.WARNING: "warnings"}
    said = ", ".join(_count(severities[severity], word) for severity, word in words.items() if severities[severity])
    left = f"; {_count(len(report.unknowns), 'things')} left open by the plan" if report.unknowns else ""
    return f"{text}; {said or 'no findings'}{left}"


def _count(number: int, word: str) -> str:
    return f"{number} {word.removesuffix('s') if number == 1 else word}"


def _render_brief(report: PreflightReport, width: int | None) -> list[Line]:
    lines = [line("  ", (summarise_preflight(report), _STYLES[report.status]))]
    for cluster, leaving in report.leaving:
        lines += render_indented(f"  pods of {cluster} leave with: ", leaving, width)
    for one in report.ports:
        lines += render_indented("  SNAT ports, ", one.text, width)
    grave = [finding for finding in report.findings if finding.severity is not Severity.WARNING]
    lines += render_findings(grave)
    by_code: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.severity is Severity.WARNING:
            by_code.setdefault(finding.code, []).append(finding)
    for code, found in by_code.items():
        more = f" (and {len(found) - 1} more: ./inv preflight)" if len(found) > 1 else ""
        lines += render_indented(f"  warning {code}: ", found[0].message + more, width, style=DOUBT)
    return lines


def _render_full(report: PreflightReport, width: int | None) -> list[Line]:
    lines: list[Line] = [EMPTY]
    if report.endpoints:
        rows = list(dict.fromkeys(_row(endpoint) for endpoint in report.endpoints))  # several features may need one endpoint: it is shown once
        styles = [_STANDING_STYLES[row[0]] for row in rows]
        lines += [*render_table(("standing", "phase", "endpoint", "from", "what becomes of it"), rows, width=width, styles=styles), EMPTY]
    lines += render_findings(report.findings)
    for cluster, leaving in report.leaving:
        lines += render_indented(f"  pods of {cluster} leave with: ", leaving, width, style=STRONG)
    for one in report.ports:
        lines += render_indented(f"  SNAT ports of {one.cluster}, ", one.text, width, style=STRONG)
    lines += render_assumptions([(one.code, one.text, one.source) for one in report.assumptions], width)
    lines += _render_unknowns(report.unknowns, width)
    words = {
        CheckStatus.PASSED: "passes",
        CheckStatus.FAILED: "FAILS",
        CheckStatus.INCONCLUSIVE: "is inconclusive",
    }
    return [
        *lines,
        EMPTY,
        line((f"The preflight of {report.environment} {words[report.status]}: {summarise_preflight(report)}.", _STYLES[report.status])),
        EMPTY,
    ]


def _render_unknowns(unknowns: tuple[NotKnown, ...], width: int | None) -> list[Line]:
    """What the plan leaves open, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in unknowns:
        by_reason.setdefault(one.why, []).append(one.what)
    lines = [line((f"  {_count(len(unknowns), 'things')} left open by the plan; what depends on them is unknown:", STRONG))] if unknowns else []
    for why, whats in by_reason.items():
        lines += render_indented("    ", f"{why}: {', '.join(whats)}", width, style=FAINT)
    return lines


def render_assumptions(assumptions: list[tuple[str, str, str]], width: int | None) -> list[Line]:
    """`(code, text, source)`: those that differ in one word only, such as a host's name, are one sentence."""
    by_code: dict[tuple[str, str, int], list[str]] = {}
    for code, text, source in assumptions:
        by_code.setdefault((code, source, text.count(" ")), []).append(text)
    lines = [line((f"  {len(assumptions)} assumptions:" if len(assumptions) != 1 else "  1 assumption:", STRONG))] if assumptions else []
    for (code, source, _), texts in by_code.items():
        for text in _merge_sentences(texts):
            lines += render_indented(f"    {code}: ", f"{text}{f' ({source})' if source else ''}", width, style=FAINT)
    return lines


def _merge_sentences(texts: list[str]) -> list[str]:
    """`a covers x: so` and `a covers y: so` as `a covers x, y: so`; all of them, or none."""
    split = [text.split(" ") for text in texts]
    length = len(split[0])
    if len(texts) == 1 or any(len(words) != length for words in split):
        return texts
    places = [index for index in range(length) if len({words[index] for words in split}) > 1]
    if len(places) != 1:
        return texts
    varying = [words[places[0]] for words in split]
    end = varying[0][-1] if varying[0][-1] in ":;," else ""
    joined = ", ".join(word.removesuffix(end) for word in varying) + end
    return [" ".join([*split[0][: places[0]], joined, *split[0][places[0] + 1 :]])]


def _row(endpoint: PredictedEndpoint) -> tuple[str, str, str, str, str]:
    return (endpoint.standing, endpoint.phase, str(endpoint.endpoint), endpoint.source, endpoint.ends)


def preflight_to_json(report: PreflightReport) -> JsonObject:
    """All of it, for programs; its findings are the environment's."""
    return {
        "status": report.status.value,
        "forced": list(report.forced),
        "endpoints": [
            {
                "cluster": one.cluster,
                "feature": one.feature,
                "phase": one.phase,
                "endpoint": str(one.endpoint),
                "why": one.why,
                "source": one.source,
                "standing": one.standing,
                "ends": one.ends,
            }
            for one in report.endpoints
        ],
        "snat": [{"cluster": one.cluster, "text": one.text, "perNode": one.per_node, "demand": one.demand, "enough": one.enough} for one in report.ports],
        "leaving": [{"cluster": cluster, "with": leaving} for cluster, leaving in report.leaving],
        "assumptions": [{"code": one.code, "text": one.text, "source": one.source} for one in report.assumptions],
        **({"unknowns": [{"what": one.what, "why": one.why} for one in report.unknowns]} if report.unknowns else {}),
    }
