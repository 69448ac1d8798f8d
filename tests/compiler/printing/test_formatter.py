"""The formatter against what the official one printed of the same files (release 0.49.2); `given` is ours, `expected` is recorded."""

import ctypes.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.compiler.parsing.lexer import tokenize
from orchestrator.compiler.printing import FormatOptions, format_file, format_text, is_formatted
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.compiler.syntax.tokens import NEWLINE

CASES = sorted((Path(__file__).parent / "cases").glob("*/given.*"))
LAID_OUT = [path for path in CASES if path.parent.name in ("blank_lines", "lists", "calls", "operators", "lambdas_and_functions", "types", "declarations")]
OFFICIAL = os.environ.get("BICEP") or shutil.which("bicep") or str(Path(__file__).parents[4] / "shared" / "official" / "bicep")
UNSTABLE = {"lines_of_blanks"}  # the official formatter, too, takes a second run for lines that hold nothing but blanks
by_folder = pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)


def expected(path: Path) -> Path:
    """What the official formatter printed."""
    return path.with_name(f"expected{path.suffix}")


def words(text: str) -> list[str]:
    """The tokens that no formatter may touch."""
    tokens, _ = tokenize(Problems(SourceText(Path(), text)))
    return [token.value for token in tokens if token.kind not in (NEWLINE, ",", "|")]


@by_folder
def test_prints_what_the_official_formatter_prints(path: Path) -> None:
    assert format_file(path).encode() == expected(path).read_bytes()


@pytest.mark.parametrize("path", [path for path in CASES if path.parent.name not in UNSTABLE], ids=lambda path: path.parent.name)
def test_is_stable(path: Path) -> None:
    assert is_formatted(expected(path))


def test_tells_what_is_not_formatted(tmp_path: Path) -> None:
    (path := tmp_path / "a.bicep").write_bytes(b"var a = 1\r\n")
    assert not is_formatted(path)
    path.write_bytes(b"var a = 1\n")
    assert is_formatted(path)


@pytest.mark.parametrize("path", LAID_OUT, ids=lambda path: path.parent.name)
def test_keeps_every_word(path: Path) -> None:
    text = path.read_text()
    assert words(format_text(text, FormatOptions())) == words(text)


@given(st.sampled_from(LAID_OUT), st.randoms(use_true_random=False))
def test_blanks_do_not_count(path: Path, random: object) -> None:
    text = path.read_text()
    choose = random.choice  # type: ignore[attr-defined]
    blanks = re.sub(
        r"(?<=[^\s'])[ \t]+(?=[^\s'/])",
        lambda match: choose((" ", "   ", "\t")) if not re.search("'|//", line_of(text, match.start())) else match.group(),
        text,
    )
    assert format_text(blanks, FormatOptions()) == format_text(text, FormatOptions())


def line_of(text: str, at: int) -> str:
    """The line that an offset stands in."""
    return text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1) or None]


@given(st.sampled_from(CASES), st.data())
def test_answers_for_whatever_is_cut_out(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8-sig")
    start = data.draw(st.integers(0, len(text)))
    cut = text[:start] + text[start + data.draw(st.integers(0, 20)) :]
    assert format_text(cut, FormatOptions(), parameters_file=path.suffix == ".bicepparam").endswith("\n")


@pytest.mark.parametrize("source", ["[", "{a:", "(", "f(", "x=>", "a?b:", "a[", "'${", "1+", "a.b", "!"])
def test_deep_nesting_is_no_crash(source: str) -> None:
    format_text(f"var a = {source * 3000}", FormatOptions())
    format_text(f"type a = {source * 3000}", FormatOptions())


@pytest.mark.official
@pytest.mark.skipif(not Path(OFFICIAL).exists(), reason="the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep)")
@pytest.mark.skipif(ctypes.util.find_library("icuuc") is None, reason="the official Bicep CLI needs ICU (apt-get install libicu72)")
@by_folder
def test_the_official_formatter_still_says_so(path: Path) -> None:
    answer = subprocess.run([OFFICIAL, "format", str(path), "--stdout"], capture_output=True, check=True, timeout=60)
    assert answer.stdout.decode("utf-8-sig") == format_file(path)
