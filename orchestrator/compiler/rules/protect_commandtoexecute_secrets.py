"""protect-commandtoexecute-secrets: secrets in a script extension's open settings."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import find_path
from orchestrator.compiler.linting.possible_secrets import possible_secrets
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.expressions import ObjectLiteral, StringSyntax
from orchestrator.model.diagnostics import Level

_EXTENSIONS = (
    ("microsoft.azure.extensions", "customscript"),
    ("microsoft.compute", "customscriptextension"),
    ("microsoft.ostcextensions", "customscriptforlinux"),
)


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        properties = symbol.find_value("properties")
        if (symbol.type or "").lower().endswith("/extensions") and isinstance(properties, ObjectLiteral):
            command = find_path(properties, "settings", "commandToExecute")
            if command is not None and (_text(properties, "publisher"), _text(properties, "type")) in _EXTENSIONS:
                for secret in possible_secrets(file, command.value):
                    yield Finding(command.key, f"The command may show a secret: {secret.message}")
                    break


def _text(properties: ObjectLiteral, name: str) -> str | None:
    entry = properties.find(name)
    text = entry.value.literal if entry is not None and isinstance(entry.value, StringSyntax) else None
    return text.lower() if text is not None else None


RULE = Rule(
    code="protect-commandtoexecute-secrets",
    level=Level.WARNING,
    what="A secret in settings.commandToExecute of a custom script extension.",
    remedy="Put commandToExecute into protectedSettings.",
    check=_check,
)
