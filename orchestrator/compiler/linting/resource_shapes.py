"""What Microsoft's table says of the properties that a resource's body writes."""

from collections.abc import Iterator
from typing import Any

from orchestrator import resource_types as shapes
from orchestrator.compiler.semantics.symbols import ResourceSymbol
from orchestrator.compiler.syntax.expressions import ArrayLiteral, For, If, ObjectLiteral, ObjectProperty, Parenthesized, StringSyntax, Ternary


def typed_properties(symbol: ResourceSymbol) -> Iterator[tuple[ObjectProperty, shapes.Type]]:
    """Every property of a body that the table knows, with its type; nothing for a type that is not in the table."""
    found = shapes.find_resource_type(f"{symbol.type}@{symbol.version}")
    if found is not None and symbol.body is not None:
        yield from _properties(symbol.body, found.body.resolve())


def _properties(node: Any, shape: shapes.Type) -> Iterator[tuple[ObjectProperty, shapes.Type]]:
    match node, shape:
        case ObjectLiteral(), shapes.Object() | shapes.DiscriminatedObject():
            for entry in node.properties:
                inner = _member(node, shape, entry.name or "")
                if inner is not None:
                    yield entry, inner
                    yield from _properties(entry.value, inner)
        case ArrayLiteral(items=items), shapes.Array(item=item):
            for each in items:
                yield from _properties(each, item.resolve())
        case For(body=body), shapes.Array(item=item):
            yield from _properties(body, item.resolve())
        case ((Parenthesized(expression=inner) | If(body=inner)), _):
            yield from _properties(inner, shape)
        case Ternary(when_true=first, when_false=second), _:
            yield from _properties(first, shape)
            yield from _properties(second, shape)
        case _:
            return


def _member(node: ObjectLiteral, shape: shapes.Object | shapes.DiscriminatedObject, name: str) -> shapes.Type | None:
    """The type of a member; which of several kinds of objects it is says the discriminator."""
    if isinstance(shape, shapes.Object):
        entry = shape.properties.get(name)
        return entry.type.resolve() if entry is not None else shape.additional.resolve() if shape.additional is not None else None
    if name in shape.base:
        return shape.base[name].type.resolve()
    chosen = node.find(shape.discriminator)
    literal = chosen.value.literal if chosen is not None and isinstance(chosen.value, StringSyntax) else None
    element = shape.elements.get(literal or "")
    inner = element.resolve() if element is not None else None
    return _member(node, inner, name) if isinstance(inner, shapes.Object) else None
