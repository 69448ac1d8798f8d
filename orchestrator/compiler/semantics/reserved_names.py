"""Names that a declaration cannot have: those of namespaces (BCP084), `copy` for a variable (BCP239), `resource` for a type (BCP301)."""

from orchestrator.compiler.semantics.symbols import ImportedSymbol, Symbol, TypeSymbol, VariableSymbol, WildcardSymbol

_NAMESPACES = ("az", "sys")


def refuse_reserved(symbol: Symbol) -> None:
    """Enter a name that is taken."""
    name, problems = symbol.text, symbol.model.problems
    if name in _NAMESPACES and not isinstance(symbol, ImportedSymbol | WildcardSymbol):
        problems.error(symbol.name, "BCP084", f"'{name}' is a namespace of Bicep's own.", "Rename the declaration.")
    elif name == "copy" and isinstance(symbol, VariableSymbol):
        problems.error(symbol.name, "BCP239", "'copy' means a loop in templates, so that no variable can be named so.", "Rename the variable.")
    elif name == "resource" and isinstance(symbol, TypeSymbol):
        problems.error(symbol.name, "BCP301", "'resource' is a type of Bicep's own.", "Rename the type.")
