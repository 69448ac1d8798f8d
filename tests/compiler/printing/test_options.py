"""The `formatting` section of bicepconfig.json."""

from pathlib import Path

import pytest

from orchestrator.compiler.configuration.bicepconfig import Configuration
from orchestrator.compiler.printing import FormatOptions, IndentKind, NewlineKind, format_file, format_text, read_options
from orchestrator.model.errors import UserError
from orchestrator.model.json_value import Json


def read(section: Json) -> FormatOptions:
    """The options of a section."""
    return read_options(Configuration(Path("bicepconfig.json"), {"formatting": section}))


def test_defaults() -> None:
    assert read_options(Configuration()) == read({}) == read(None) == FormatOptions()
    assert FormatOptions() == FormatOptions(IndentKind.SPACE, NewlineKind.LF, 2, 120, True)


def test_all_options_are_read_whatever_their_case() -> None:
    section = {"indentKind": "tab", "newlineKind": "crlf", "indentSize": 4, "width": 80, "insertFinalNewline": False, "unknown": 1}
    assert read(section) == FormatOptions(IndentKind.TAB, NewlineKind.CRLF, 4, 80, False)


def test_limits() -> None:
    assert read({"width": -5}).width == 0
    assert read({"indentSize": 5000}).indent == " " * 1000


@pytest.mark.parametrize(
    "section",
    [
        {"newlineKind": "Auto"},
        {"indentKind": ""},
        {"width": "x"},
        {"indentSize": 3.5},
        {"indentSize": None},
        {"width": 99999999999},
        {"insertFinalNewline": "no"},
        [],
    ],
    ids=str,
)
def test_wrong_values_are_told(section: Json) -> None:
    with pytest.raises(UserError) as raised:
        read(section)
    assert [problem.code for problem in raised.value.problems] == ["BCP271"]


def test_every_wrong_value_is_told() -> None:
    with pytest.raises(UserError) as raised:
        read({"newlineKind": "Auto", "width": True})
    assert [problem.message for problem in raised.value.problems] == ["formatting.newlineKind is not valid: 'Auto'.", "formatting.width is not valid: True."]


def test_the_legacy_formatter_is_refused() -> None:
    with pytest.raises(UserError):
        read_options(Configuration(Path("bicepconfig.json"), {"experimentalFeaturesEnabled": {"legacyFormatter": True}}))


def test_given_options_win_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "bicepconfig.json").write_text('{"formatting": {"indentSize": 8}}')
    (path := tmp_path / "a.bicep").write_text("var a = {\nb: 1\n}")
    assert format_file(path) == "var a = {\n        b: 1\n}\n"
    assert format_file(path, FormatOptions(insert_final_newline=False)) == "var a = {\n  b: 1\n}"


def test_carriage_returns() -> None:
    assert format_text("var a = [\n1\n]\n", FormatOptions(newline_kind=NewlineKind.CR)) == "var a = [\r  1\r]\r"
