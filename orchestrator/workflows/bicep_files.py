"""Which Bicep files `lint` and `format` are about: the named ones, else the project's own."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from orchestrator.model.errors import Problem, UserError

SUFFIXES = (".bicep", ".bicepparam")
OWN_FOLDERS = ("bicep", "parameters")


def select_bicep_files(project: Path, named: Sequence[str]) -> tuple[Path, ...]:
    """Files as they are named, folders with all that is below them; without names bicep/ and parameters/. UserError for what is no Bicep file."""
    if not named:
        return tuple(dict.fromkeys(path for folder in OWN_FOLDERS for path in _find_below(project / folder)))
    problems = [problem for name in named if (problem := _check(name)) is not None]
    if problems:
        raise UserError(problems)
    return tuple(dict.fromkeys(path for name in named for path in _find(Path(os.path.abspath(name)))))


def _check(name: str) -> Problem | None:
    path = Path(name)
    if not path.exists():
        return Problem("FileNotFound", f"there is no file or folder '{name}'", remedy="Correct the path; it starts at the current folder.")
    if path.is_file() and path.suffix not in SUFFIXES:
        return Problem("NotBicep", f"'{name}' is no Bicep file", remedy=f"Name files that end in {' or '.join(SUFFIXES)}, or folders.")
    return None


def _find(path: Path) -> Iterator[Path]:
    return iter([path]) if path.is_file() else _find_below(path)


def _find_below(folder: Path) -> Iterator[Path]:
    """In the order of their paths; hidden folders are left out."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if name.endswith(SUFFIXES))
