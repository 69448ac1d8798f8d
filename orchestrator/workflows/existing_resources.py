"""Exported resources: a JSON list of bodies with ids, ARM's `{"value": [...]}`, or an exported template, which is expanded like any other."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.preflight import NotKnown
from orchestrator.model.resource_id import parse_resource_id
from orchestrator.workflows.foreign_template import read_json

_REMEDY = "Export them with their bodies: az graph query, az resource show --ids, or ARM's GET of each."


@dataclass(frozen=True, slots=True)
class ExistingResources:
    """What exists. `template`: where the file is an exported template; `unknowns`: resources of the file that have no body."""

    bodies: tuple[JsonObject, ...] = ()
    template: JsonObject | None = None
    unknowns: tuple[NotKnown, ...] = ()


def read_existing(path: Path) -> ExistingResources:
    """Read a file; UserError where it holds no resources."""
    if not path.is_file():
        raise UserError([Problem("MissingFile", f"there is no file {path}", str(path), "Correct the path.")])
    document = read_json(path)
    if isinstance(document, dict) and isinstance(document.get("resources"), list | dict):
        return ExistingResources(template=document)
    listed = document.get("value", document.get("data")) if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise UserError([Problem("NoResources", f"{path.name} holds no list of resources", str(path), _REMEDY)])
    problems = list(_find_problems(listed, path))
    if problems:
        raise UserError(problems)
    empty = [body["id"] for body in listed if not isinstance(body.get("properties"), dict)]
    return ExistingResources(
        tuple(body for body in listed if isinstance(body.get("properties"), dict)),
        None,
        tuple(NotKnown(str(identifier), f"{path.name} lists it without its properties") for identifier in empty),
    )


def _find_problems(listed: list[Json], path: Path) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, body in enumerate(listed):
        identifier = body.get("id") if isinstance(body, dict) else None
        if not isinstance(identifier, str) or not _is_id(identifier):
            yield Problem("NoResourceId", f"{path.name}: entry {number} is no resource with an id", str(path), _REMEDY)
        elif seen.setdefault(identifier.rstrip("/").lower(), number) != number:
            yield Problem("DefinedTwice", f"{path.name} lists {identifier} twice", str(path), "Leave one of them out.")


def _is_id(text: str) -> bool:
    try:
        return bool(parse_resource_id(text).type)
    except ValueError:
        return False
