"""use-parent-property: a child resource that is named with slashes.

The parts of a child's name are compared with those of the parent's name: `'${a}-b/c'` is a child of `'${a}-b'`.
"""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.same_syntax import same_syntax
from orchestrator.compiler.semantics.symbols import ResourceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import Expression, PropertyAccess, StringSyntax
from orchestrator.model.diagnostics import Level


def _check(file: LintedFile) -> Iterator[Finding]:
    by_type: dict[str, list[ResourceSymbol]] = {}
    for symbol in file.resources:
        by_type.setdefault((symbol.type or "").lower(), []).append(symbol)
    for symbol in file.resources:
        name = symbol.find_value("name")
        if not isinstance(name, StringSyntax) or symbol.nested_in is not None or symbol.find_value("parent") is not None:
            continue
        parents = by_type.get((symbol.type or "").lower().rpartition("/")[0], [])
        found = _named_parent(file, name, parents) or next(
            (parent for parent in parents if parent.loop is None and _is_name_under(name, parent.find_value("name"))), None
        )
        if found is not None and symbol.body is not None and not file.is_broken(symbol.body):
            yield Finding(name, f"The resource '{symbol.text}' belongs to '{found.text}'.", f"Write parent: {found.text}, and the last part as its name.")


def _named_parent(file: LintedFile, name: StringSyntax, parents: list[ResourceSymbol]) -> ResourceSymbol | None:
    """The parent of `'${parent.name}/...'`."""
    if len(name.segments) < 2 or not name.segments[1].startswith("/"):
        return None
    first = name.expressions[0]
    if not isinstance(first, PropertyAccess) or first.name.name != "name":
        return None
    symbol = unaliased(file.model.symbol_of(first.base))
    return symbol if isinstance(symbol, ResourceSymbol) and symbol in parents else None


def _is_name_under(child: StringSyntax, parent: Expression | None) -> bool:
    """True where a child's name is the parent's name, a slash, and more."""
    if not isinstance(parent, StringSyntax):
        return parent is not None and len(child.segments) > 1 and child.segments[1].startswith("/") and same_syntax(child.expressions[0], parent)
    count = len(parent.segments)
    if len(child.segments) < count or child.segments[: count - 1] != parent.segments[:-1]:
        return False
    if not child.segments[count - 1].startswith(parent.segments[-1] + "/"):
        return False
    return all(same_syntax(one, other) for one, other in zip(child.expressions, parent.expressions, strict=False))


RULE = Rule(
    code="use-parent-property",
    level=Level.WARNING,
    what="A child resource whose name holds the name of a resource of this file.",
    remedy="Write parent:, and the last part as its name.",
    check=_check,
)
