"""The drop-in beside the official CLI: each line of cases.txt run in a copy of files/, and what came of it in a form that both can be held to.

`python tests/workflows/bicep_cli/side_by_side.py` asks the official CLI all of them and rewrites recorded.json (three minutes).
"""

import ctypes.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OFFICIAL = os.environ.get("BICEP") or shutil.which("bicep") or str(HERE.parents[3] / "shared" / "official" / "bicep")
STAMP = "bicep/0.49.2.45890"
_DIAGNOSTIC = re.compile(r"^(.+?)\((\d+),(\d+)\) : (Error|Warning|Info) ([\w-]+): .+ \[https://aka\.ms/bicep/\S+\]$")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_HELP = "(help)"
_UNTYPED = "BCP081"  # which types have definitions is what the compilers know, not what the command line does


@dataclass(frozen=True)
class Case:
    """A command line. asked: again, wherever the official CLI is."""

    text: str
    words: tuple[str, ...]
    environ: Mapping[str, str]
    asked: bool


def read_cases() -> list[Case]:
    """The lines of cases.txt."""
    lines = [line.strip() for line in (HERE / "cases.txt").read_text(encoding="utf-8").splitlines()]
    return [_case(line) for line in lines if line and not line.startswith("#")]


def _case(line: str) -> Case:
    words = line.removeprefix("* ").split(" ")
    environ = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    return Case(line.removeprefix("* "), tuple(word for word in words if not re.match(r"[A-Z_]+=", word)), environ, line.startswith("* "))


Runner = Callable[[tuple[str, ...], Mapping[str, str], Path], tuple[int, bytes, bytes]]


def observe(case: Case, folder: Path, runner: Runner) -> dict[str, Any]:
    """Run a case in a new copy of the files: status, stdout, files written, places of diagnostics, and whether anything else was said."""
    shutil.copytree(HERE / "files", folder)
    before = _contents(folder)
    words = tuple(word.replace("{D}", str(folder)) for word in case.words)
    status, out, err = runner(words, case.environ, folder)
    changed = {name: _file(name, data) for name, data in _contents(folder).items() if before.get(name) != data}
    return {"status": status, "stdout": _stdout(_place_free(out, folder)), "files": changed, **_stderr(_place_free(err, folder))}


def ask_official(words: tuple[str, ...], environ: Mapping[str, str], folder: Path) -> tuple[int, bytes, bytes]:
    """A process of the official CLI."""
    with tempfile.TemporaryDirectory() as home:
        whole = {**os.environ, **environ, "HOME": home}
        done = subprocess.run([OFFICIAL, *words], cwd=folder, env=whole, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr


def official_is_missing() -> str | None:
    """Why it cannot be asked."""
    if not Path(OFFICIAL).exists():
        return "the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep)"
    return None if ctypes.util.find_library("icuuc") else "the official Bicep CLI needs ICU (apt-get install libicu72)"


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _place_free(data: bytes, folder: Path) -> str:
    return data.decode("utf-8").replace(str(folder), "{D}").replace(folder.as_uri(), "file://{D}")


def _file(name: str, data: bytes) -> Any:
    """A file as it is; a snapshot without the order of its resources and outputs, which in the official one's differs from run to run."""
    text = data.decode("utf-8")
    if not name.endswith(".snapshot.json"):
        return text
    lines = text.split("\n")
    document = json.loads(text)
    resources = sorted(json.dumps(body) for body in document["predictedResources"])
    return {"lines": sorted(line.rstrip(",") for line in lines), "resources": resources, "ends": lines[-1]}


def _stdout(text: str) -> Any:
    """The text; help and the words of diagnostics are each one's own, and colours are for terminals."""
    if "Usage:" in text:
        return _HELP
    if text.startswith("Bicep CLI version"):
        return text.split(" (", maxsplit=1)[0]
    return [_wordless(document) for document in _documents(text)] if '"$schema"' in text and "sarif" in text else _ANSI.sub("", text).rstrip("\n")


def _documents(text: str) -> list[Any]:
    documents, decoder, at = [], json.JSONDecoder(), 0
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        documents.append(document)
    return documents


def _wordless(sarif: Any) -> Any:
    for run in sarif["runs"]:
        for result in run["results"]:
            text = result["message"].pop("text")
            assert text.endswith("]"), text
        run["results"] = sorted((one for one in run["results"] if one["ruleId"] != _UNTYPED), key=json.dumps)
    return sarif


def _stderr(text: str) -> dict[str, Any]:
    if text.startswith("{\n"):
        return {"diagnostics": [_wordless(document) for document in _documents(text)], "said": False}
    found = [(line, _DIAGNOSTIC.match(line)) for line in text.splitlines() if line.strip()]
    places = sorted(" ".join(match.groups()) for _, match in found if match and match[5] != _UNTYPED)
    return {"diagnostics": places, "said": any(match is None for _, match in found)}


def record() -> None:
    """Ask the official CLI everything."""
    cases = read_cases()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: observe(pair[1], Path(name) / str(pair[0]), ask_official), enumerate(cases)))
    recorded = dict(zip((case.text for case in cases), answers, strict=True))
    (HERE / "recorded.json").write_text(json.dumps({"release": STAMP, "cases": recorded}, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(official_is_missing() or record())
