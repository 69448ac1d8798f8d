"""What the house says of sizes (orchestrator/README.md), measured."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "orchestrator").rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_LEXER_OR_PARSER = 500
LONGEST_FUNCTION = 50


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_and_its_functions_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = LONGEST_LEXER_OR_PARSER if {"parsing", "lexer.py", "parser.py"} & set(path.parts) else LONGEST_MODULE
    assert text.count("\n") <= limit
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {
        f"{function.name}:{function.lineno}": size for function in functions if (size := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_tasks_stay_thin() -> None:
    assert (ROOT / "tasks.py").read_text(encoding="utf-8").count("\n") <= 200
