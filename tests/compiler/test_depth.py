"""What is too deep for us ends in a diagnostic or one clear error, never in a traceback; what is deep but sane compiles."""

from pathlib import Path

import pytest

from orchestrator.compiler import compile_file
from orchestrator.model.errors import UserError


def compiled(folder: Path, text: str) -> tuple[bool, set[str]]:
    path = folder / "deep.bicep"
    path.write_text(text, encoding="utf-8")
    answer = compile_file(path)
    return answer.template is not None, {diagnostic.code for diagnostic in answer.diagnostics}


@pytest.mark.parametrize("text", ["output o int = " + " + ".join(["1"] * 1000), "param p object\noutput o object = p" + ".a" * 1000])
def test_a_long_chain_compiles(tmp_path: Path, text: str) -> None:
    assert compiled(tmp_path, text) == (True, set())


@pytest.mark.parametrize("text", ["output o int = " + " + ".join(["1"] * 20_000), "param p object\noutput o object = p" + ".a" * 20_000])
def test_an_endless_chain_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UserError) as raised:
        compiled(tmp_path, text)
    assert [problem.code for problem in raised.value.problems] == ["AEO004"]


@pytest.mark.parametrize("opening", ["[", "(", "{ a: ", "!", "-", "true ? 1 : ", "[for i in "])
def test_a_nesting_bomb_gets_a_diagnostic(tmp_path: Path, opening: str) -> None:
    succeeded, codes = compiled(tmp_path, "var a = " + opening * 5000)
    assert not succeeded
    assert codes


def test_a_type_that_is_itself_ends(tmp_path: Path) -> None:
    succeeded, codes = compiled(tmp_path, "type t = t {\n  p: any\n}\nparam c t\noutput o object = { c: c }\n")
    assert not succeeded
    assert "BCP019" in codes
