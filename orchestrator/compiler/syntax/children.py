"""What stands directly below a node: the one place that knows every node's parts."""

from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.compiler.syntax import declarations as d
from orchestrator.compiler.syntax import expressions as e
from orchestrator.compiler.syntax import types as t

Parts = Callable[[Any], tuple[Any, ...]]


def _none(_: Any) -> tuple[Any, ...]:
    return ()


_PARTS: dict[type, Parts] = {
    e.BooleanLiteral: _none,
    e.IntegerLiteral: _none,
    e.NullLiteral: _none,
    e.NoneLiteral: _none,
    e.Skipped: _none,
    e.VariableAccess: _none,
    e.LocalVariable: _none,
    e.Identifier: _none,
    e.StringSyntax: lambda n: n.expressions,
    e.Spread: lambda n: (n.expression,),
    e.ArrayLiteral: lambda n: n.items,
    e.ObjectProperty: lambda n: (n.value,) if isinstance(n.key, e.Identifier) else (n.key, n.value),
    e.ObjectLiteral: lambda n: n.members + n.resources,
    e.Unary: lambda n: (n.operand,),
    e.Binary: lambda n: (n.left, n.right),
    e.Ternary: lambda n: (n.condition, n.when_true, n.when_false),
    e.PropertyAccess: lambda n: (n.base,),
    e.ArrayAccess: lambda n: (n.base, n.index),
    e.ResourceAccess: lambda n: (n.base,),
    e.NonNull: lambda n: (n.base,),
    e.FunctionCall: lambda n: n.arguments,
    e.InstanceCall: lambda n: (n.base, *n.arguments),
    e.Lambda: lambda n: (n.body,),
    e.TypedLambda: lambda n: (*n.parameters, n.result, n.body),
    e.For: lambda n: (n.expression, n.body),
    e.If: lambda n: (n.condition, n.body),
    e.Parenthesized: lambda n: (n.expression,),
    t.Decorator: lambda n: (n.call,),
    t.TypeName: _none,
    t.TypeMember: lambda n: (n.base,),
    t.TypeAdditional: lambda n: (n.base,),
    t.TypeElement: lambda n: (n.base, n.written),
    t.TypeItems: lambda n: (n.base,),
    t.ArrayTypeSyntax: lambda n: (n.item,),
    t.NullableTypeSyntax: lambda n: (n.base,),
    t.NonNullTypeSyntax: lambda n: (n.base,),
    t.TypeProperty: lambda n: (*n.decorators, n.type),
    t.ObjectTypeSyntax: lambda n: n.properties + ((n.additional,) if n.additional else ()),
    t.TupleItem: lambda n: (*n.decorators, n.type),
    t.TupleTypeSyntax: lambda n: n.items,
    t.UnionTypeSyntax: lambda n: n.members,
    t.NegativeTypeSyntax: lambda n: (n.operand,),
    t.ParenthesizedTypeSyntax: lambda n: (n.base,),
    t.TypeCall: lambda n: n.arguments,
    t.ResourceTypeSyntax: lambda n: (n.type,) if n.type else (),
    t.FunctionParameter: lambda n: (n.type,),
    d.TargetScope: lambda n: (*n.decorators, n.value),
    d.MetadataDeclaration: lambda n: (*n.decorators, n.value),
    d.ParameterDeclaration: lambda n: (*n.decorators, n.type, n.default) if n.default else (*n.decorators, n.type),
    d.TypeDeclaration: lambda n: (*n.decorators, n.type),
    d.VariableDeclaration: lambda n: (*n.decorators, n.type, n.value) if n.type else (*n.decorators, n.value),
    d.FunctionDeclaration: lambda n: (*n.decorators, n.value),
    d.ResourceDeclaration: lambda n: (*n.decorators, n.type, n.value),
    d.ModuleDeclaration: lambda n: (*n.decorators, n.path, n.value),
    d.OutputDeclaration: lambda n: (*n.decorators, n.type, n.value),
    d.AssertDeclaration: lambda n: (*n.decorators, n.value),
    d.TestDeclaration: lambda n: (*n.decorators, n.path, n.value),
    d.ImportDeclaration: lambda n: (*n.decorators, n.path),
    d.ExtensionDeclaration: lambda n: n.decorators + ((n.configuration,) if n.configuration else ()),
    d.UsingDeclaration: lambda n: (*n.decorators, n.path, n.configuration) if n.configuration else (*n.decorators, n.path),
    d.ExtendsDeclaration: lambda n: (*n.decorators, n.path),
    d.ParameterAssignment: lambda n: (*n.decorators, n.value),
    d.ExtensionConfigAssignment: lambda n: (*n.decorators, n.value),
    d.MissingDeclaration: lambda n: n.decorators,
    d.SkippedDeclaration: lambda n: n.decorators,
    d.Program: lambda n: n.statements,
}


def children(node: Any) -> tuple[Any, ...]:
    """The nodes directly below, in the order of the text."""
    return _PARTS[type(node)](node)


def descendants(node: Any) -> Iterator[Any]:
    """The node and all below it, parents first."""
    yield node
    for child in _PARTS[type(node)](node):
        yield from descendants(child)
