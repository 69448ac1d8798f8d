"""From a choice of target to a connection: the lab is started where it does not run."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.model.targets import TargetKind
from orchestrator.workflows.project import lab_directory
from orchestrator.workflows.target import TargetChoice

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection


def open_connection(project: Path, choice: TargetChoice) -> "Connection":
    """A connection to what was chosen."""
    from orchestrator.clients.connection import connect

    if choice.kind is TargetKind.AZURE:
        return connect(choice.target)
    from orchestrator.lab.lifecycle import ensure_started

    return connect(ensure_started(lab_directory(project, os.environ)))
