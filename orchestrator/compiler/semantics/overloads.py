"""Which overload of a function a call means: how many arguments (BCP071), of which types (BCP070, and BCP048 where no overload comes further than another)."""

from orchestrator.compiler.functions.signatures import Overloads, Signature
from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.syntax.expressions import FunctionCall, InstanceCall
from orchestrator.compiler.syntax.problems import Problems
from orchestrator.compiler.types.values import ERROR, NULL, AnyType, ErrorType, LambdaType, NullType, Type, is_nullable, members_of, resolve, type_name

Misfits = dict[int, str]
"""Arguments that fit nowhere, and what is to be said of them."""


def choose_overload(problems: Problems, node: FunctionCall | InstanceCall, overloads: Overloads, types: list[Type], misfits: Misfits | None = None) -> Type:
    """The result of the first overload that the arguments fit; ERROR where there is none: then a problem was entered, or an argument is wrong itself."""
    by_count = [signature for signature in overloads if signature.accepts(len(types))]
    if not by_count:
        problems.error(_Parentheses(node), "BCP071", _say_count(overloads, len(types)))
        return ERROR
    if any(isinstance(resolve(type_), ErrorType) for type_ in types):
        return ERROR
    misfits = misfits or {}
    refused: list[tuple[int, Signature]] = []
    for signature in by_count:
        index = _first_misfit(signature, types, misfits)
        if index is None:
            _note_nulls(problems, node, signature, types)
            return signature.result
        refused.append((index, signature))
    index, signature = max(refused, key=lambda entry: entry[0])
    undecided = len(refused) > 1 and all(other == index for other, _ in refused)
    wanted = " or ".join(type_name(tried.parameter(index)) for at, tried in refused if at == index)
    message = f"'{signature.name}' takes {wanted} here, and is given {type_name(types[index])}."
    problems.error(node.arguments[index], "BCP048" if undecided else "BCP070", misfits.get(index, message))
    return ERROR


def _say_count(overloads: Overloads, count: int) -> str:
    least = min(signature.required for signature in overloads)
    variadic = any(signature.variadic for signature in overloads)
    most = max(len(signature.parameters) for signature in overloads)
    wanted = f"at least {least}" if variadic else f"{least} to {most}" if least < most else f"{least}"
    return f"'{overloads[0].name}' takes {wanted} arguments, and is given {count}."


def _first_misfit(signature: Signature, types: list[Type], misfits: Misfits) -> int | None:
    return next((index for index, type_ in enumerate(types) if index in misfits or not _fits(type_, signature.parameter(index))), None)


def _note_nulls(problems: Problems, node: FunctionCall | InstanceCall, signature: Signature, types: list[Type]) -> None:
    """Say what may be null where that is not allowed."""
    for index, (argument, type_) in enumerate(zip(node.arguments, types, strict=True)):
        if is_nullable(type_) and not is_assignable(NULL, signature.parameter(index)):
            message = "The value may be null, and null is not allowed here."
            problems.warn(argument, "BCP321", message, "Give a default with ??, or write ! where it is never null.")


def _fits(type_: Type, wanted: Type) -> bool:
    if isinstance(resolve(wanted), LambdaType) or isinstance(resolve(type_), LambdaType):
        return isinstance(resolve(type_), LambdaType | AnyType) == isinstance(resolve(wanted), LambdaType | AnyType)
    members = [member for member in members_of(type_) if not isinstance(member, NullType)]
    return any(is_assignable(member, wanted) for member in members or (NULL,))


class _Parentheses:
    """The place of a call's arguments."""

    def __init__(self, node: FunctionCall | InstanceCall) -> None:
        self.start = node.name.end
        self.end = node.end
