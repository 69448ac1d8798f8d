"""Which Bicep file a parameters file is for, by its `using` alone."""

import re
from pathlib import Path

from orchestrator.compiler.artifacts.workspace import Workspace
from orchestrator.compiler.syntax.declarations import UsingDeclaration

_PATH = re.compile(r"'([^':$\\\n]+)'")


def find_using(path: Path) -> Path | None:
    """The file that `using` names; None where it names no file of this machine (`none`, a registry's, an expression)."""
    file = Workspace(path.parent).load(path)
    declaration = next((one for one in file.program.statements if isinstance(one, UsingDeclaration)), None) if file else None
    if file is None or declaration is None:
        return None
    named = _PATH.fullmatch(file.source.text, declaration.path.start, declaration.path.end)
    return (path.parent / named[1]).resolve() if named else None
