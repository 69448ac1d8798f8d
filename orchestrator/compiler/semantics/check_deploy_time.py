"""What must be known before a deployment starts, and is not.

Such places ("containers") are: properties that Microsoft marks so (BCP120), conditions (BCP177), what loops run over (BCP178), a variable's loop (BCP182),
functions of the user (BCP341), and arguments of functions that are evaluated up front (BCP181). In each, whatever only the running deployment knows is
entered: a member of a resource or module, one as a whole, a call of reference() or list*(); behind a variable at the use of that variable.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orchestrator.compiler.functions.signatures import INLINED
from orchestrator.compiler.semantics.deploy_time import Inlining, find_deployed
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.semantics.module_types import module_body_type
from orchestrator.compiler.semantics.resource_bodies import find_body_type
from orchestrator.compiler.semantics.symbols import FunctionSymbol, MisplacedFunction, ModuleSymbol, NamespaceSymbol, ResourceSymbol, VariableSymbol, unaliased
from orchestrator.compiler.syntax.children import children, descendants
from orchestrator.compiler.syntax.declarations import FunctionDeclaration, ModuleDeclaration, ResourceDeclaration, VariableDeclaration
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    ArrayLiteral,
    For,
    FunctionCall,
    If,
    InstanceCall,
    NonNull,
    ObjectLiteral,
    ObjectProperty,
    Parenthesized,
    PropertyAccess,
    ResourceAccess,
    VariableAccess,
)
from orchestrator.compiler.types.values import (
    AnyType,
    ArrayType,
    DiscriminatedType,
    IntegerLiteralType,
    IntegerType,
    NullType,
    ObjectType,
    Property,
    PropertyFlags,
    ReferenceType,
    StringLiteralType,
    Type,
    members_of,
    resolve,
)

_INTEGERS = (IntegerType, IntegerLiteralType, AnyType)
Found = tuple[Any, str]


@dataclass(frozen=True, slots=True)
class _Container:
    """Parts that must be known, and how it is said where they are not; `names_scope`: resources as a whole may stand there."""

    parts: tuple[Any, ...]
    code: str
    what: str
    names_scope: bool = False


class DeployTimeCheck:
    """Checks one file."""

    def __init__(self, inference: Inference) -> None:
        self.inference = inference
        self.model = inference.model
        self.constants = Inlining()

    def check(self, statement: Any) -> None:
        """Enter what is wrong in a statement."""
        for container in self._containers(statement):
            for part in container.parts:
                for node, name in self._violations(part, container):
                    self.model.problems.error(
                        node,
                        container.code,
                        f"{container.what} must be known before the deployment starts, and '{name}' is not.",
                        "Use a parameter, or .id, .name, .type or .apiVersion of a resource.",
                    )

    def _containers(self, node: Any) -> Iterator[_Container]:
        match node:
            case FunctionDeclaration():
                yield _Container((node.value.body,), "BCP341", "What a function uses")
                yield from self._in_parts(node)
            case ResourceDeclaration():
                yield from self._in_resource(node)
            case ModuleDeclaration():
                symbol = self.model.modules_by_declaration.get(node)
                yield from self._in_value(node.value, module_body_type(symbol) if symbol is not None else None)
            case VariableDeclaration(value=For() as loop):
                yield _Container((loop.expression,), "BCP178", "What a loop runs over")
                yield _Container((loop.body,), "BCP182", "A variable's loop")
                yield from self._in_parts(loop)
            case FunctionCall() | InstanceCall():
                yield from self._in_call(node)
            case For():
                yield _Container((node.expression,), "BCP178", "What a loop runs over")
                yield from self._in_parts(node)
            case _:
                yield from self._in_parts(node)

    def _in_parts(self, node: Any) -> Iterator[_Container]:
        for child in children(node):
            yield from self._containers(child)

    def _in_resource(self, node: ResourceDeclaration) -> Iterator[_Container]:
        symbol = self.model.resources_by_declaration.get(node)
        if symbol is None:
            return
        if symbol.existing:
            for inner in symbol.body.resources if symbol.body is not None else ():
                yield from self._containers(inner)
            return
        yield from self._in_value(node.value, find_body_type(symbol))

    def _in_value(self, node: Any, type_: Type | None) -> Iterator[_Container]:
        """Containers in a value whose declared type is known."""
        found = resolve(type_) if type_ is not None else None
        members = [member for member in members_of(found) if not isinstance(member, NullType)] if found is not None else []
        found = members[0] if len(members) == 1 else None
        match node:
            case If():
                yield _Container((node.condition,), "BCP177", "A condition")
                yield from self._containers(node.condition)
                yield from self._in_value(node.body, found)
            case For():
                yield _Container((node.expression,), "BCP178", "What a loop runs over")
                yield from self._containers(node.expression)
                yield from self._in_value(node.body, found.item if isinstance(found, ArrayType) else found)
            case ObjectLiteral():
                yield from self._in_object(node, found)
            case ArrayLiteral():
                for item in node.items:
                    yield from self._in_value(item, found.item if isinstance(found, ArrayType) else None)
            case _:
                yield from self._containers(node)

    def _in_object(self, node: ObjectLiteral, type_: Type | None) -> Iterator[_Container]:
        found = self._chosen(node, type_)
        for member in node.members:
            name = member.name if isinstance(member, ObjectProperty) else None
            if not isinstance(member, ObjectProperty) or name is None:
                yield from self._containers(member)
                continue
            entry = found.properties.get(name) if found is not None else None
            if entry is None:
                yield from self._in_value(member.value, found.additional if found is not None else None)
                continue
            if entry.flags & PropertyFlags.CONSTANT:
                yield _Container((member.key, member.value), "BCP120", f"'{name}'", isinstance(resolve(entry.type), ReferenceType))
            yield from self._in_value(member.value, entry.type)
        for nested in node.resources:
            yield from self._containers(nested)

    def _chosen(self, node: ObjectLiteral, type_: Type | None) -> ObjectType | None:
        """The object type; of several that are told apart the one that is meant."""
        if isinstance(type_, DiscriminatedType):
            member = node.find(type_.discriminator)
            value = resolve(self.inference.type_of(member.value)) if member is not None else None
            type_ = resolve(type_.members[value.value]) if isinstance(value, StringLiteralType) and value.value in type_.members else None
        return type_ if isinstance(type_, ObjectType) else None

    def _in_call(self, node: FunctionCall | InstanceCall) -> Iterator[_Container]:
        if isinstance(node, InstanceCall):
            yield from self._containers(node.base)
        if self._is_runtime_call(node):
            yield _Container(node.arguments, "BCP181", f"What '{node.name.name}' is given")
            return
        for argument in node.arguments:
            yield from self._containers(argument)

    def _is_runtime_call(self, node: FunctionCall | InstanceCall) -> bool:
        symbol = unaliased(self.model.symbol_of(node))
        name = node.name.name
        if isinstance(symbol, FunctionSymbol | MisplacedFunction):
            return False
        if isinstance(node, InstanceCall) and not isinstance(self.model.symbol_of(node.base), NamespaceSymbol) and name == "getSecret":
            return False
        return name in INLINED or name.startswith("list")

    def _violations(self, part: Any, container: _Container) -> Iterator[Found]:
        yield from self._direct(part, None, None, container)
        for node in descendants(part):
            symbol = self.model.symbol_of(node) if isinstance(node, VariableAccess) else None
            if isinstance(symbol, VariableSymbol) and symbol not in self.model.cyclic:
                name = next((name for _, name in self._direct(symbol.declaration.value, None, None, None, set())), None)
                if name is not None:
                    yield node, name

    def _direct(self, node: Any, parent: Any, above: Any, container: _Container | None, seen: set[Any] | None = None) -> Iterator[Found]:
        """What is not known in a part; `seen`: variables that were looked into: then they are looked through."""
        skip = False
        match node:
            case PropertyAccess() | ArrayAccess():
                yield from self._member(node)
            case VariableAccess() | ResourceAccess():
                symbol = unaliased(self.model.symbol_of(node))
                if seen is not None and isinstance(symbol, VariableSymbol) and symbol.model is self.model:
                    if symbol not in seen and symbol not in self.model.cyclic:
                        seen.add(symbol)
                        yield from self._direct(symbol.declaration.value, None, None, None, seen)
                else:
                    yield from self._whole(node, parent, above, container)
                skip = isinstance(node, ResourceAccess)
            case FunctionCall() | InstanceCall():
                if self._is_runtime_call(node):
                    yield node, node.name.name
                skip = node.name.name == "nameof"
            case _:
                pass
        if not skip:
            outer, further = (parent, above) if isinstance(node, NonNull) else (node, parent)
            for child in children(node):
                yield from self._direct(child, outer, further, container, seen)

    def _properties(self, symbol: ResourceSymbol | ModuleSymbol) -> dict[str, Property]:
        if isinstance(symbol, ModuleSymbol):
            return module_body_type(symbol).properties
        found = find_body_type(symbol)
        body = resolve(found) if found is not None else None
        if isinstance(body, DiscriminatedType):
            body = self._chosen(symbol.body, body) if symbol.body is not None else None
        return body.properties if isinstance(body, ObjectType) else {}

    def _member(self, node: PropertyAccess | ArrayAccess) -> Iterator[Found]:
        base = node.base
        while isinstance(base, Parenthesized | NonNull):
            base = base.expression if isinstance(base, Parenthesized) else base.base
        found = find_deployed(self.model, base)
        if found is None or (found[0].loop is not None) != (found[1] is not None):
            return
        symbol, _ = found
        if isinstance(node, PropertyAccess):
            names: tuple[str, ...] = (node.name.name,)
        else:
            members = members_of(self.inference.type_of(node.index))
            names = tuple(sorted(member.value for member in members if isinstance(member, StringLiteralType)))
            if len(names) != len(members):
                yield node, symbol.text
                return
        entries = self._properties(symbol)
        for name in names:
            entry = entries.get(name)
            if entry is not None and (not entry.flags & PropertyFlags.READABLE or self._is_hidden(symbol, name)):
                yield node, f"{symbol.text}.{name}"

    def _is_hidden(self, symbol: ResourceSymbol | ModuleSymbol, name: str) -> bool:
        """True for the names of an existing resource that are known only while the deployment runs."""
        return isinstance(symbol, ResourceSymbol) and name in ("id", "name") and self.constants.is_runtime_existing(symbol)

    def _whole(self, node: VariableAccess | ResourceAccess, parent: Any, above: Any, container: _Container | None) -> Iterator[Found]:
        """A resource or module as a whole, or one of a loop."""
        symbol = unaliased(self.model.symbol_of(node))
        if not isinstance(symbol, ResourceSymbol | ModuleSymbol):
            return
        if container is not None and container.names_scope and not (isinstance(symbol, ResourceSymbol) and self.constants.is_runtime_existing(symbol)):
            return
        if not isinstance(parent, PropertyAccess | ArrayAccess):
            if symbol.loop is None:
                yield node, symbol.text
        elif isinstance(parent, ArrayAccess) and parent.index is not node and not isinstance(above, PropertyAccess | ArrayAccess):
            index = members_of(self.inference.type_of(parent.index))
            if symbol.loop is not None and all(isinstance(member, _INTEGERS) for member in index):
                yield node, symbol.text
