"""use-recent-az-powershell-version: deployment scripts with an old PowerShell module."""

import re
from collections.abc import Iterator

from orchestrator.compiler.linting.declared import whole
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import find_ignoring_case
from orchestrator.compiler.linting.rule import Finding, Place, Rule
from orchestrator.compiler.syntax.declarations import ResourceDeclaration
from orchestrator.compiler.syntax.expressions import Identifier, ObjectLiteral, StringSyntax
from orchestrator.model.diagnostics import Level

CODE = "use-recent-az-powershell-version"
_VERSION = re.compile(r"\s*\d+(?:\.\d+){1,3}\s*\Z")


def _check(file: LintedFile) -> Iterator[Finding]:
    wanted = str(file.setting(CODE, "minimumVersion", "15.0"))
    minimum = _read_version(wanted)
    if minimum is None:
        yield Finding(Place(0, 0), f"The setting minimumVersion is no version: '{wanted}'.", "Write it as in '15.0'.")
        return
    for resource in file.nodes(ResourceDeclaration):
        if "Microsoft.Resources/deploymentScripts" in (resource.type.literal or "") and isinstance(resource.value, ObjectLiteral):
            written = _powershell_version(resource.value)
            version = _read_version(written) if written is not None else None
            if version is not None and version < minimum:
                yield Finding(whole(resource), f"The version {written} of Az PowerShell is older than {wanted}.")


def _read_version(text: str) -> tuple[int, ...] | None:
    """Two to four numbers; what is not written counts as less than 0."""
    if not _VERSION.match(text):
        return None
    numbers = tuple(int(part) for part in text.split("."))
    return numbers + (-1,) * (4 - len(numbers))


def _powershell_version(body: ObjectLiteral) -> str | None:
    if (_text(body, "kind") or "").lower() != "azurepowershell":
        return None
    properties = body.find("properties")
    return _text(properties.value, "azPowerShellVersion") if properties is not None and isinstance(properties.value, ObjectLiteral) else None


def _text(body: ObjectLiteral, name: str) -> str | None:
    entry = find_ignoring_case(body, name)
    return entry.value.literal if entry is not None and isinstance(entry.key, Identifier) and isinstance(entry.value, StringSyntax) else None


RULE = Rule(
    code=CODE,
    level=Level.WARNING,
    what="A deployment script with an azPowerShellVersion older than the setting minimumVersion (15.0).",
    remedy="Take a newer version.",
    check=_check,
)
