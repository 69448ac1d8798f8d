"""`_generator` of a template: whose name and version it carries."""

import re
from collections.abc import Mapping

from orchestrator.workflows.bicep_cli.files import refuse

VARIABLE = "BICEP_CLI_GENERATOR"
"""Says what --generator would say, for programs that call `bicep` without our option (the shim of `./inv bicep.install --generator`)."""

_STAMP = re.compile(r"[A-Za-z][\w.-]*/\d+(\.\d+)*[\w.+-]*")


def choose_stamp(named: str | None, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """(name, version) of `NAME/VERSION`; None for our own."""
    text = named if named is not None else environ.get(VARIABLE)
    if not text:
        return None
    if not _STAMP.fullmatch(text):
        raise refuse(f"--generator takes NAME/VERSION, such as bicep/0.49.2.45890, not '{text}'.")
    name, _, version = text.partition("/")
    return name, version
