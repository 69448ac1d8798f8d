"""The official Bicep CLI, where somebody has it: found, asked, its diagnostics read. Nothing of the product needs it."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import OperationFailed, Problem, UserError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.source import Position, Span

_DIAGNOSTIC = re.compile(r"^(?P<path>.+?)\((?P<line>\d+),(?P<column>\d+)\) : (?P<level>Error|Warning|Info) (?P<code>[\w-]+): (?P<message>.*)$")
_LINK = re.compile(r" \[https?://\S+\]$")
_TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class OfficialCompilation:
    """What the official compiler made of a `.bicepparam` file; both documents are None where it found an error."""

    template: JsonObject | None
    parameters: JsonObject | None
    diagnostics: tuple[Diagnostic, ...]
    version: str


def find_official_bicep(environ: Mapping[str, str] = os.environ) -> Path | None:
    """`BICEP`, else `bicep` on PATH, else where `az bicep install` puts it. UserError where BICEP names no file."""
    named = environ.get("BICEP")
    if named:
        if not Path(named).is_file():
            raise UserError([Problem("BicepNotFound", f"the variable BICEP names {named}, which is no file", remedy="Correct the variable, or unset it.")])
        return Path(named)
    on_path = shutil.which("bicep", path=environ.get("PATH"))
    if on_path:
        return Path(on_path)
    home = environ.get("AZURE_CONFIG_DIR") or str(Path(environ.get("HOME") or environ.get("USERPROFILE") or "~").expanduser() / ".azure")
    installed = Path(home) / "bin" / ("bicep.exe" if os.name == "nt" else "bicep")
    return installed if installed.is_file() else None


def get_official_bicep(environ: Mapping[str, str] = os.environ) -> Path:
    """The same; UserError, with the way to it, where there is none."""
    found = find_official_bicep(environ)
    if found is None:
        remedy = "Install it with `az bicep install`, put it on PATH, or name it in the variable BICEP. Without --compiler official nothing needs it."
        raise UserError([Problem("BicepNotFound", "the official Bicep CLI is not on this machine", remedy=remedy)])
    return found


def compile_officially(bicep: Path, path: Path) -> OfficialCompilation:
    """Compile a `.bicepparam` file and the template it names. OperationFailed where the CLI itself fails."""
    version = _run(bicep, "--version").stdout.strip()
    result = _run(bicep, "build-params", str(path), "--stdout")
    diagnostics = read_diagnostics(result.stderr)
    if result.returncode and not any(diagnostic.level is Level.ERROR for diagnostic in diagnostics):
        raise OperationFailed(f"{bicep} failed with exit status {result.returncode}: {result.stderr.strip()[:500]}", "On Debian it needs `libicu72`.")
    if result.returncode:
        return OfficialCompilation(None, None, diagnostics, version)
    answer = json.loads(result.stdout)
    template = json.loads(answer["templateJson"]) if answer.get("templateJson") else None
    return OfficialCompilation(template, json.loads(answer["parametersJson"]), diagnostics, version)


def read_diagnostics(text: str) -> tuple[Diagnostic, ...]:
    """The lines `path(line,column) : Level CODE: message [link]` of the CLI's stderr; other lines are left out."""
    return tuple(_diagnostic(match) for line in text.splitlines() if (match := _DIAGNOSTIC.match(line.strip())))


def _diagnostic(match: re.Match[str]) -> Diagnostic:
    path = Path(match["path"])
    line, column = int(match["line"]), int(match["column"])
    span = Span(path, Position(line, column), Position(line, column + 1))
    return Diagnostic(Level(match["level"].lower()), match["code"], _LINK.sub("", match["message"]), span, source_line=_source_line(path, line))


def _source_line(path: Path, line: int) -> str | None:
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else None


def _run(bicep: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run([str(bicep), *arguments], capture_output=True, text=True, encoding="utf-8", timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OperationFailed(f"{bicep} could not be run: {error}") from error
