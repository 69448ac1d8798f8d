"""SARIF 2.1.0, for code scanning in pipelines: each diagnostic with its region, rule, help link and remedy; paths relative to the project.

Specification: docs.oasis-open.org/sarif/sarif/v2.1.0.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.bicep_diagnostics import link_of

_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}
_ROOT = "PROJECTROOT"


def render_sarif(diagnostics: Sequence[Diagnostic], base: Path, *, name: str, version: str) -> str:
    """One run of the tool `name` over files below `base` (others by their whole path)."""
    codes = sorted({diagnostic.code for diagnostic in diagnostics})
    driver: JsonObject = {"name": name, "version": version, "rules": [_rule(code) for code in codes]}
    run: JsonObject = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: {"uri": f"{base.resolve().as_uri()}/"}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, codes.index(diagnostic.code), base.resolve()) for diagnostic in diagnostics],
    }
    document: JsonObject = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> JsonObject:
    link = link_of(code)
    return {"id": code, **({"helpUri": link} if link else {})}


def _result(diagnostic: Diagnostic, rule: int, base: Path) -> JsonObject:
    start, end = diagnostic.span.start, diagnostic.span.end
    region: JsonObject = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    text = f"{diagnostic.message} {diagnostic.remedy}" if diagnostic.remedy else diagnostic.message
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.level],
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(diagnostic.path, base), "region": region}}],
    }


def _artifact(path: Path, base: Path) -> JsonObject:
    if path.is_relative_to(base):
        return {"uri": quote(path.relative_to(base).as_posix()), "uriBaseId": _ROOT}
    return {"uri": path.as_uri()}
