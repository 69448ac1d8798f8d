"""Diagnostics as the official Bicep CLI writes them: `file(line,column) : Error BCP057: text [link]` a line, or its own shape of SARIF.

az, editors' tasks and pipelines read these lines: a place, a level, a code, one line of text, a link in brackets.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.json_value import JsonObject

_LEVELS = {Level.ERROR: "Error", Level.WARNING: "Warning", Level.INFO: "Info"}
_SARIF_LEVELS = {Level.ERROR: "error", Level.INFO: "note"}  # a warning is what SARIF takes where nothing is said, so nothing is said
_CORE = "https://aka.ms/bicep/core-diagnostics"
_LINTER = "https://aka.ms/bicep/linter-diagnostics"
_RULE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
_SCHEMA = "https://schemastore.azurewebsites.net/schemas/json/sarif-2.1.0.json"


def link_of(code: str) -> str | None:
    """Where the official documentation speaks of a code; None for codes that are ours alone."""
    if code.startswith("BCP"):
        return f"{_CORE}#{code}"
    return f"{_LINTER}#{code}" if _RULE.fullmatch(code) else None


def column_of(diagnostic: Diagnostic) -> int:
    """The one-based column in UTF-16 units, as editors and the official CLI count; ours counts characters."""
    before = (diagnostic.source_line or "")[: diagnostic.column - 1]
    return diagnostic.column + sum(character > "\uffff" for character in before)


def render_bicep_diagnostics(diagnostics: Sequence[Diagnostic]) -> str:
    """A line each."""
    return "".join(
        f"{one.path}({one.line},{column_of(one)}) : {_LEVELS[one.level]} {one.code}: {_text(one)}\n" for one in diagnostics
    )  # fmt: skip


def render_bicep_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """One document, without an end of its last line."""
    run: JsonObject = {"tool": {"driver": {"name": "bicep"}}, "results": [_result(one) for one in diagnostics], "columnKind": "utf16CodeUnits"}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False)


def _result(diagnostic: Diagnostic) -> JsonObject:
    level = _SARIF_LEVELS.get(diagnostic.level)
    region = {"startLine": diagnostic.line, "charOffset": column_of(diagnostic)}
    place = {"physicalLocation": {"artifactLocation": {"uri": Path(diagnostic.path).as_uri()}, "region": region}}
    return {"ruleId": diagnostic.code, **({"level": level} if level else {}), "message": {"text": _text(diagnostic)}, "locations": [place]}


def _text(diagnostic: Diagnostic) -> str:
    """Message, remedy and link, in one line."""
    link = link_of(diagnostic.code)
    parts = [diagnostic.message, diagnostic.remedy or "", f"[{link}]" if link else ""]
    return " ".join(" ".join(part.split()) for part in parts if part)
