"""A stack file: a list of files that are deployed beside each other, with their parameters and where each goes; `stack.schema.json` has its words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from orchestrator.environments.document_check import check_document, find_span, read_document
from orchestrator.environments.nearest_name import did_you_mean
from orchestrator.environments.yaml_document import YamlDocument
from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import Json, JsonObject

SCHEMA_FILE = Path(__file__).with_name("stack.schema.json")


@dataclass(frozen=True, slots=True)
class StackEntry:
    """One file of a stack. `where`: `stack.yaml:3:5`, for messages; `name`: the file as the stack names it, numbered where it stands there more than once."""

    name: str
    where: str
    file: Path
    parameters: Path | None = None
    values: Mapping[str, Json] | None = None
    subscription: str | None = None
    resource_group: str | None = None
    location: str | None = None
    existing: bool = False


def load_stack(path: Path) -> tuple[StackEntry, ...]:
    """Read a stack file; UserError with every problem of it at once. Values of parameters are never shown."""
    if not path.is_file():
        raise UserError([Problem("MissingFile", f"there is no stack file {path}", str(path), "Write a list of {file, values, resourceGroup, location}.")])
    schema: JsonObject = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    document = read_document(path)
    diagnostics = [_without_values(diagnostic, document) for diagnostic in check_document(document, schema, path)]
    diagnostics += _missing_files(document, path)
    if diagnostics:
        raise UserError((), sorted(diagnostics, key=lambda diagnostic: diagnostic.span.start))
    names = [str(entry["file"]) for entry in document.value]
    return tuple(_read_entry(document, path, number, _number_name(names, number)) for number in range(len(names)))


def _read_entry(document: YamlDocument, path: Path, number: int, name: str) -> StackEntry:
    entry: JsonObject = document.value[number]
    start = document.spans[(number,)].start
    return StackEntry(
        name,
        f"{path.name}:{start.line}:{start.column}",
        path.parent / entry["file"],
        path.parent / entry["parameters"] if "parameters" in entry else None,
        entry.get("values"),
        entry.get("subscription"),
        entry.get("resourceGroup"),
        entry.get("location"),
        entry.get("existing", False),
    )


def _number_name(names: list[str], number: int) -> str:
    name = names[number]
    return name if names.count(name) == 1 else f"{name} ({names[: number + 1].count(name)})"


def _without_values(diagnostic: Diagnostic, document: YamlDocument) -> Diagnostic:
    """A line that may hold a secret is not shown."""
    line = diagnostic.span.start.line
    spans = [span for key_path, span in document.spans.items() if len(key_path) == 2 and key_path[1] == "values"]
    hidden = document.value is None or any(span.start.line <= line <= span.end.line for span in spans)
    return replace(diagnostic, source_line=None) if hidden else diagnostic


def _missing_files(document: YamlDocument, path: Path) -> Iterator[Diagnostic]:
    for number, entry in enumerate(document.value if isinstance(document.value, list) else ()):
        for key in ("file", "parameters"):
            named = entry.get(key) if isinstance(entry, dict) else None
            if isinstance(named, str) and named and not (path.parent / named).is_file():
                folder = (path.parent / named).parent
                beside = [one.name for one in folder.iterdir() if one.suffix in (".bicep", ".bicepparam", ".json")] if folder.is_dir() else []
                remedy = did_you_mean(Path(named).name, beside) or "The path is relative to the stack file."
                yield Diagnostic(Level.ERROR, "MissingFile", f"[{number}].{key}: there is no file '{named}'", find_span((number, key), document), remedy)
