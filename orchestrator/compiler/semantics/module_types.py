"""What a module's body may hold, and what is there to be read of a module."""

from orchestrator.compiler.semantics.declared_types import is_optional, type_of_output, type_of_parameter
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol
from orchestrator.compiler.types.values import (
    NULL,
    OBJECT,
    AnyType,
    ArrayType,
    ObjectType,
    Property,
    PropertyFlags,
    ReferenceType,
    StringLiteralType,
    StringType,
    Type,
    make_union,
    resolve,
)

_F = PropertyFlags
_NAME = Property(StringType(1, 64, pattern=r"^[-\w._()]+$"), False, False, _F.CONSTANT | _F.READABLE | _F.LOOP_VARIANT)
_SCOPE_FLAGS = _F.WRITE_ONLY | _F.CONSTANT | _F.READABLE | _F.NO_ANY | _F.LOOP_VARIANT
_DEPENDS_ON = Property(ArrayType(ReferenceType("dependency")), False, False, _F.WRITE_ONLY | _F.NO_ANY)
_KINDS = make_union((StringLiteralType("None"), StringLiteralType("UserAssigned")))
_IDENTITY = ObjectType({"type": Property(_KINDS), "userAssignedIdentities": Property(OBJECT, False)}, sealed=True, name="identity")


def parameters_type(target: SemanticModel) -> ObjectType:
    """What a file takes as parameters."""
    return ObjectType({name: _property(symbol) for name, symbol in target.parameters.items()}, sealed=True, name="params")


def _property(symbol: ParameterSymbol) -> Property:
    type_: Type = type_of_parameter(symbol)
    optional = symbol.declaration.default is not None or is_optional(symbol.model, symbol.declaration.type)
    if symbol.declaration.default is not None and not isinstance(resolve(type_), AnyType):
        type_ = make_union((type_, NULL))
    return Property(type_, not optional, False, _F.WRITE_ONLY)


def module_body_type(symbol: ModuleSymbol) -> ObjectType:
    """The type of a module's body; what its file takes and gives is open where the file cannot be read."""
    target = symbol.target
    known = symbol.model.declared_types.get((symbol, "body"))
    if isinstance(known, ObjectType):
        return known
    parameters = parameters_type(target) if target is not None else OBJECT
    outputs = {name: Property(type_of_output(output)) for name, output in target.outputs.items()} if target is not None else {}
    elsewhere = target is not None and target.scope != symbol.model.scope
    body = ObjectType(
        {
            "name": _NAME,
            "scope": Property(ReferenceType("scope"), elsewhere, False, _SCOPE_FLAGS),
            "params": Property(parameters, any(entry.required for entry in parameters.properties.values()), False, _F.WRITE_ONLY),
            "outputs": Property(OBJECT if symbol.link is not None else ObjectType(outputs, sealed=True, name="outputs"), False, True),
            "dependsOn": _DEPENDS_ON,
            "identity": Property(_IDENTITY, False, False, _F.CONSTANT),
        },
        sealed=True,
        name="module",
    )
    symbol.model.declared_types[(symbol, "body")] = body
    return body


def test_body_type(target: SemanticModel) -> ObjectType:
    """The type of a test's body: the parameters of the file that is tested."""
    parameters = parameters_type(target)
    needed = any(entry.required for entry in parameters.properties.values())
    return ObjectType({"params": Property(parameters, needed, False, _F.WRITE_ONLY)}, sealed=True, name="test")
