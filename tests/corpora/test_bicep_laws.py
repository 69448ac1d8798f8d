"""Laws over the corpus and over what becomes of it: the formatter keeps the tree and is done after one run; what is printed as an expression is one."""

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.arm.expressions import parse_template_string, print_template_string
from orchestrator.compiler.parsing.parser import parse_program
from orchestrator.compiler.printing import FormatOptions, format_text
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.model.diagnostics import Level
from tests.corpora.bicep_corpus import CASES, name_of, read_golden
from tests.fuzz.mutations import mutate_gently

PLACES = ("start", "end")


def tree_of(path: Path, text: str) -> tuple[Any, bool]:
    """The tree without its places, and whether it is sound."""
    problems = Problems(SourceText(path, text))
    program = parse_program(problems)
    return _bare(program), not any(entry.level is Level.ERROR for entry in problems.found)


def _bare(node: Any) -> Any:
    if is_dataclass(node) and not isinstance(node, type):
        return (type(node).__name__, *(_bare(getattr(node, entry.name)) for entry in fields(node) if entry.name not in PLACES))
    return tuple(map(_bare, node)) if isinstance(node, tuple | list) else node


def formatted(path: Path, text: str) -> str:
    return format_text(text, FormatOptions(), parameters_file=path.suffix == ".bicepparam")


def check_laws(path: Path, text: str) -> None:
    tree, sound = tree_of(path, text)
    if not sound or any(character in text for character in "\r\v\f"):
        return
    once = formatted(path, text)
    assert tree_of(path, once) == (tree, True)
    assert formatted(path, once) == once


@pytest.mark.parametrize("path", CASES, ids=name_of)
def test_the_formatter_keeps_the_tree_and_is_done(path: Path) -> None:
    check_laws(path, path.read_text(encoding="utf-8"))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 2**32))
def test_so_it_does_for_what_is_like_it(path: Path, seed: int) -> None:
    check_laws(path, mutate_gently(Random(seed), path.read_text(encoding="utf-8"), lambda: CASES[seed % len(CASES)].read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", CASES, ids=name_of)
def test_what_the_official_compiler_prints_we_print_again(path: Path) -> None:
    for text in expressions_of(read_golden(path)[1]):
        assert print_template_string(parse_template_string(text)) == text


def expressions_of(value: Any) -> list[str]:
    """Every string of a document that is an expression, keys included."""
    if isinstance(value, str):
        return [value] if value.startswith("[") and value.endswith("]") and not value.startswith("[[") else []
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for entry in inner for text in expressions_of(entry)]


def test_the_corpus_has_every_answer() -> None:
    assert all(json.dumps(read_golden(path)) for path in CASES)
