"""What is mutated: every Bicep file of the project and of its tests, every expression and template of the ARM engine's corpora."""

import json
from functools import cache
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
_FOLDERS = ("bicep", "parameters", "tests")
_LARGEST = 6000
"""Characters: what is small is compiled often."""


@cache
def bicep_files() -> tuple[Path, ...]:
    """Files that are valid text, small enough, and not empty."""
    found = [path for folder in _FOLDERS for suffix in ("*.bicep", "*.bicepparam") for path in (PROJECT / folder).rglob(suffix)]
    return tuple(sorted(path for path in found if 0 < path.stat().st_size <= _LARGEST))


@cache
def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8-sig", errors="replace")


@cache
def expressions() -> tuple[str, ...]:
    """Every expression of the engine's corpora, and of the templates."""
    rows = [row["expression"] for path in sorted((PROJECT / "tests" / "arm" / "corpora").glob("*.json")) for row in json.loads(path.read_text())]
    inside = [text[1:-1] for template, _ in templates() for text in _strings(template) if text.startswith("[") and text.endswith("]")]
    return tuple(dict.fromkeys([*rows, *(text for text in inside if len(text) <= 400)]))


@cache
def templates() -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    """(template, parameters) of the engine's corpora, and templates that the official compiler made of the compiler's."""
    rows = [row for path in sorted((PROJECT / "tests" / "arm" / "templates").glob("*.json")) for row in json.loads(path.read_text())]
    made = [json.loads(path.read_text()) for path in sorted((PROJECT / "tests").rglob("*.bicep*.json")) if path.stat().st_size <= 8 * _LARGEST]
    documents = [document.get("output", document) for document in made if isinstance(document, dict)]
    return (*((row["template"], row["parameters"]) for row in rows), *((document, {}) for document in documents if document and "resources" in document))


def _strings(value: Any) -> list[str]:
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value] if isinstance(value, str) else [text for item in inner for text in _strings(item)]
