"""Where the project is, and where its lab lives."""

import os
from collections.abc import Mapping
from pathlib import Path

from orchestrator.model.errors import Problem, UserError


def find_project(start: Path | None = None) -> Path:
    """The nearest folder, from here upwards, that has `parameters/` and `bicep/`; else the one that this package is in."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / "parameters").is_dir() and (folder / "bicep").is_dir():
            return folder
    raise UserError([Problem("NoProject", f"{here} is in no project: no folder above it has parameters/ and bicep/", remedy="Change to the project's folder.")])


def lab_directory(project: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """`.lab` of the project, or what AKS_LAB_DIR names."""
    named = environ.get("AKS_LAB_DIR")
    return Path(named).expanduser().resolve() if named else project / ".lab"
