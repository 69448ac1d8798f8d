"""Small facts about declarations that several phases ask for."""

from orchestrator.compiler.semantics.declared_types import type_of_output
from orchestrator.compiler.semantics.symbols import ModuleSymbol
from orchestrator.compiler.types.values import ObjectType, StringType, Type, members_of


def is_secure(type_: Type) -> bool:
    """True where a type, or a member of it, is marked @secure()."""
    return any(isinstance(member, StringType | ObjectType) and member.secure for member in members_of(type_))


def is_secure_output(symbol: ModuleSymbol, name: str) -> bool:
    """True for a secure output of a module."""
    output = symbol.target.outputs.get(name) if symbol.target else None
    return output is not None and is_secure(type_of_output(output))
