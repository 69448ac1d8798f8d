"""A case for each rule: cases/<code>/ with sources, the rule switched on, and expected.json: what the official compiler says by that rule.

expected.json holds for each source a list of [level, line, column]. `python -m tests.compiler.rules.rule_cases` asks the official compiler again.
"""

import json
import sys
from pathlib import Path

from tests.compiler.harness import Official, find_official

CASES = Path(__file__).parent / "cases"
Places = list[list[str | int]]


def sources_of(case: Path) -> list[Path]:
    """The files of a case that are compiled."""
    return sorted(path for path in case.iterdir() if path.suffix in (".bicep", ".bicepparam"))


def expected_of(case: Path) -> dict[str, Places]:
    """What was recorded."""
    return json.loads((case / "expected.json").read_text())


def ask(official: Official, path: Path, code: str) -> Places:
    """What the official compiler says by one rule about one file."""
    params = path.suffix == ".bicepparam"
    answer = official.ask("compileParams", path=str(path), parameterOverrides={}) if params else official.ask("compile", path=str(path))
    return sorted(
        [entry["level"].lower(), entry["range"]["start"]["line"] + 1, entry["range"]["start"]["char"] + 1]
        for entry in answer["diagnostics"]
        if Path(entry["source"]) == path and entry["code"] == code
    )


def update_cases(program: Path) -> None:
    """Record all answers."""
    with Official(program) as official:
        for case in sorted(CASES.iterdir()):
            said = {path.name: ask(official, path, case.name) for path in sources_of(case)}
            lines = (f"  {json.dumps(name)}: {json.dumps(places)}" for name, places in said.items() if places)
            (case / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    found = find_official()
    if found is None:
        sys.exit("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep), or ICU is missing")
    update_cases(found)
