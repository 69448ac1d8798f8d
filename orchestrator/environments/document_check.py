"""A YAML document of a person's held against its schema: every problem at once, each where it stands."""

from pathlib import Path

from orchestrator.environments.schema_errors import SchemaError, validate_against
from orchestrator.environments.yaml_document import KeyPath, YamlDocument, read_yaml
from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.source import Position, Span


def read_document(path: Path) -> YamlDocument:
    """Read a file; UserError where it is no text."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError([Problem("InvalidEncoding", f"{path.name} is not UTF-8: byte {error.start}", str(path), "save it as UTF-8")]) from None
    return read_yaml(text, path)


def check_document(document: YamlDocument, schema: JsonObject, path: Path) -> list[Diagnostic]:
    """What YAML and the schema say, in the order of the file."""
    found = [*document.diagnostics]
    if document.value is not None or not found:
        found += _schema_diagnostics(document, schema, path)
    return sorted(found, key=lambda diagnostic: diagnostic.span.start)


def _schema_diagnostics(document: YamlDocument, schema: JsonObject, path: Path) -> list[Diagnostic]:
    if document.value is None:
        start = Position(1, 1)
        return [Diagnostic(Level.ERROR, "MissingKey", _say_empty(schema), Span(path, start, start))]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [_to_diagnostic(error, document, lines) for error in validate_against(schema, document.value)]


def _say_empty(schema: JsonObject) -> str:
    return "the file is empty" + (f"; it must have: {', '.join(schema['required'])}" if "required" in schema else "")


def _to_diagnostic(error: SchemaError, document: YamlDocument, lines: list[str]) -> Diagnostic:
    span = document.keys[error.path] if error.is_key and error.path in document.keys else find_span(error.path, document)
    if error.code == "MissingKey" and error.path in document.keys:
        span = document.keys[error.path]
    line = lines[span.start.line - 1] if span.start.line <= len(lines) else None
    return Diagnostic(Level.ERROR, error.code, _located(error), span, error.remedy, line)


def _located(error: SchemaError) -> str:
    holder = error.path[:-1] if error.is_key else error.path
    if not holder:
        return error.message
    dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in holder).lstrip(".")
    return f"{dotted}: {error.message}"


def find_span(path: KeyPath, document: YamlDocument) -> Span:
    """Where a value stands; where it is missing, the value around it."""
    while path and path not in document.spans:
        path = path[:-1]
    return document.spans[path]
