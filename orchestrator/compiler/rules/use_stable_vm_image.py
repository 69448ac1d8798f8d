"""use-stable-vm-image: machines with a preview image."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.literals import find_path
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import VariableSymbol
from orchestrator.compiler.syntax.expressions import ObjectLiteral, StringSyntax, VariableAccess
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.resources:
        entry = find_path(symbol.body, "properties", "storageProfile", "imageReference")
        image = entry.value if entry is not None else None
        if isinstance(image, VariableAccess):
            variable = file.model.symbol_of(image)
            image = variable.declaration.value if isinstance(variable, VariableSymbol) else None
        if isinstance(image, ObjectLiteral):
            yield from _find_previews(image)


def _find_previews(image: ObjectLiteral) -> Iterator[Finding]:
    for name in ("offer", "sku", "version"):
        entry = image.find(name)
        if entry is not None and isinstance(entry.value, StringSyntax) and "preview" in (entry.value.literal or "").lower():
            yield Finding(entry.value, f"The {name} of the image is a preview.")


RULE = Rule(
    code="use-stable-vm-image",
    level=Level.WARNING,
    what="A virtual machine's image with 'preview' in its offer, sku or version.",
    remedy="Take a released image.",
    check=_check,
)
