"""no-unused-imports: imported names that nothing uses."""

from collections.abc import Iterator

from orchestrator.compiler.artifacts.references import TEMPLATE_SUFFIXES
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ImportedSymbol, Symbol, WildcardSymbol
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.model.imports:
        if symbol.name not in file.used_names and symbol.text and _is_found(symbol):
            yield Finding(symbol.name, f"Nothing uses the import '{symbol.text}'.")


def _is_found(symbol: ImportedSymbol | WildcardSymbol) -> bool:
    """False where the other file, or the name in it, is not there or wrong: that was said already. A JSON template has no model."""
    if symbol.source.endswith(TEMPLATE_SUFFIXES):
        return True
    model = symbol.target.model if isinstance(symbol.target, Symbol) else symbol.target
    return model is not None and not model.has_errors


RULE = Rule(
    code="no-unused-imports",
    level=Level.WARNING,
    what="An imported name that nothing uses.",
    remedy="Remove it, or use it.",
    check=_check,
)
