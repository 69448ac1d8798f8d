"""What a template may have only so many of."""

from collections.abc import Iterator

from orchestrator.compiler.linting.declared import declared_names
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding
from orchestrator.compiler.syntax.declarations import NamedDeclaration


def over_limit(file: LintedFile, kind: type[NamedDeclaration], keyword: str, most: int, *, more: int = 0) -> Iterator[Finding]:
    """One finding, at the first declaration, where there are more than `most`; `more`: how many come from elsewhere."""
    names = [name for name, _ in declared_names(file, kind, keyword)]
    if names and len(names) + more > most:
        yield Finding(names[0], f"There are {len(names) + more} of this kind; a template may have {most}.")
