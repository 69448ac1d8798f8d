"""A what-if answer, normalised.

read_what_if(body: JsonObject) -> WhatIf                          ARM's answer, without read-only noise; ArmError where ARM says that it failed
read_what_if_notes(body: JsonObject) -> tuple[str, ...]           ARM's own diagnostics beside the changes, as sentences
from_snapshot(resources: Iterable[JsonObject] | Snapshot) -> WhatIf      a group that does not exist: everything is created
"""

from orchestrator.changes.from_snapshot import from_snapshot
from orchestrator.changes.read_what_if import read_what_if, read_what_if_notes

__all__ = ["from_snapshot", "read_what_if", "read_what_if_notes"]
