"""The corpus of the compiler, bicep/: a folder for each feature of the language, linter/<rule>/ for each rule; valid and invalid files, written by us.

Beside each `.bicep` and `.bicepparam` stands `<file>.json`: what the official compiler says of it, {"diagnostics": [[level, code, line, column], ...],
"output": the template or parameters, null where it refuses}. RELEASE names the release. `python -m tests.corpora.bicep_corpus [folder ...]` asks it again.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.compiler.harness import Official, find_official

BICEP = Path(__file__).parent / "bicep"
RELEASE = BICEP / "RELEASE"
CASES = sorted([*BICEP.rglob("*.bicep"), *BICEP.rglob("*.bicepparam")])
DIFFERENCES: dict[str, str] = json.loads((BICEP / "differences.json").read_text(encoding="utf-8"))
"""Where ours is known to say something else, and what: whoever mends it takes the entry out."""
Said = list[list[Any]]


def name_of(path: Path) -> str:
    """A case's name: its path in the corpus."""
    return path.relative_to(BICEP).as_posix()


def golden_of(path: Path) -> Path:
    """Where the official answer is kept."""
    return path.with_name(f"{path.name}.json")


def read_golden(path: Path) -> tuple[Said, Any]:
    """What the official compiler said: diagnostics, and the document."""
    said = json.loads(golden_of(path).read_text(encoding="utf-8"))
    return said["diagnostics"], said["output"]


def ask(official: Official, path: Path) -> tuple[Said, Any]:
    """What it says now."""
    params = path.suffix == ".bicepparam"
    answer = official.ask("compileParams", path=str(path), parameterOverrides={}) if params else official.ask("compile", path=str(path))
    text = answer.get("parameters" if params else "contents")
    said = [
        [entry["level"].lower(), entry["code"], entry["range"]["start"]["line"] + 1, entry["range"]["start"]["char"] + 1]
        for entry in answer["diagnostics"]
        if Path(entry["source"]) == path
    ]
    return in_order(said), json.loads(text) if text and answer["success"] else None


def in_order(said: Said) -> Said:
    """By place, then code."""
    return sorted(said, key=lambda entry: (entry[2], entry[3], entry[1], entry[0]))


def write_golden(path: Path, said: Said, document: Any) -> None:
    """Keep an answer."""
    lines = ",\n".join("    " + json.dumps(entry) for entry in said)
    diagnostics = f"[\n{lines}\n  ]" if said else "[]"
    output = json.dumps(document, indent=2, ensure_ascii=False).replace("\n", "\n  ")
    golden_of(path).write_text(f'{{\n  "diagnostics": {diagnostics},\n  "output": {output}\n}}\n', encoding="utf-8")


def update(program: Path, folders: list[str]) -> None:
    """Ask about every file, or those below some folders."""
    with Official(program) as official:
        RELEASE.write_text(official.version() + "\n", encoding="utf-8")
        for path in CASES:
            if not folders or any(name_of(path).startswith(folder) for folder in folders):
                write_golden(path, *ask(official, path))


if __name__ == "__main__":
    found = find_official()
    if found is None:
        sys.exit("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep), or ICU is missing (apt-get install libicu72)")
    update(found, sys.argv[1:])
