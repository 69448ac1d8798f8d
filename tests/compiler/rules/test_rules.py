"""Each rule says what the official linter says, at the same places."""

from pathlib import Path

import pytest

from orchestrator.compiler import compile_file, compile_params
from orchestrator.compiler.rules import RULES
from tests.compiler.harness import Official, find_official
from tests.compiler.rules.rule_cases import CASES, Places, ask, expected_of, sources_of

ALL = sorted(CASES.iterdir())
LIMITS = {"max-asserts", "max-outputs", "max-params", "max-resources", "max-variables"}


def said_by(path: Path, code: str) -> Places:
    compiled = compile_params(path, environ={}) if path.suffix == ".bicepparam" else compile_file(path)
    return sorted([str(entry.level), entry.line, entry.column] for entry in compiled.diagnostics if entry.path == path and entry.code == code)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_says_what_the_official_linter_says(case: Path) -> None:
    found = {path.name: places for path in sources_of(case) if (places := said_by(path, case.name))}
    assert found == expected_of(case)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_case_has_what_is_found_and_what_is_not(case: Path) -> None:
    expected = expected_of(case)
    assert expected
    assert any(len({line for _, line, _ in expected.get(path.name, [])}) < len(path.read_text().splitlines()) for path in sources_of(case))


def test_each_rule_is_registered_once_documented_and_has_a_case() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert {case.name for case in ALL} | LIMITS == set(codes)
    for rule in RULES:
        assert rule.what.endswith(".")
        assert rule.remedy.endswith((".", "'"))


def test_each_rule_has_a_file_of_its_name() -> None:
    folder = Path(__file__).parents[3] / "orchestrator" / "compiler" / "rules"
    files = {path.stem.replace("_", "").lower() for path in folder.glob("*.py") if path.stem != "__init__"}
    assert files == {rule.code.replace("-", "") for rule in RULES}


@pytest.mark.official
def test_the_official_linter_still_says_so() -> None:
    program = find_official()
    if program is None:
        pytest.skip("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep)")
    with Official(program) as official:
        for case in ALL:
            said = {path.name: places for path in sources_of(case) if (places := ask(official, path, case.name))}
            assert said == expected_of(case), case.name
