"""Expressions that are written alike, and expressions that are not."""

from pathlib import Path

import pytest

from orchestrator.compiler.artifacts.workspace import Workspace
from orchestrator.compiler.linting.same_syntax import same_syntax
from orchestrator.compiler.syntax.declarations import VariableDeclaration

ALIKE = [
    ("a.b", "a /* x */ . b"),
    ("f(1, 'x')", "f( 1,'x' )"),
    ("{ a: [1, true, null] }", "{\n  a: [\n    1\n    true\n    null\n  ]\n}"),
    ("'${a}-${b}'", "'${ a }-${ b }'"),
    ("a ? -b : !c", "a ? -b: !c"),
    ("map(x, i => i.a)", "map(x, i  =>  i.a)"),
]
UNLIKE = [
    ("a.b", "a.c"),
    ("a.b", "a.?b"),
    ("a['b']", "a.b"),
    ("a[0]", "a[^0]"),
    ("f(1)", "f(1, 2)"),
    ("f(1)", "g(1)"),
    ("az.f(1)", "sys.f(1)"),
    ("'${a}-'", "'-${a}'"),
    ("1 + 2", "1 - 2"),
    ("1 + 2", "2 + 1"),
    ("{ a: 1 }", "{ b: 1 }"),
    ("{ a: 1 }", "{ 'a': 1 }"),
    ("map(x, i => i)", "map(x, j => j)"),
    ("a::b", "a::c"),
    ("true", "false"),
]


def alike(folder: Path, first: str, second: str) -> bool:
    path = folder / "main.bicep"
    path.write_text(f"var one = {first}\nvar other = {second}\n")
    file = Workspace(folder).load(path)
    assert file is not None
    assert file.problems == ()
    one, other = (statement.value for statement in file.program.statements if isinstance(statement, VariableDeclaration))
    return same_syntax(one, other)


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_alike(tmp_path: Path, first: str, second: str) -> None:
    assert alike(tmp_path, first, second)


@pytest.mark.parametrize(("first", "second"), UNLIKE)
def test_unlike(tmp_path: Path, first: str, second: str) -> None:
    assert not alike(tmp_path, first, second)
