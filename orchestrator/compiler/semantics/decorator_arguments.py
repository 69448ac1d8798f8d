"""What decorators are given: how much (BCP071), written out (BCP032), of the right types (BCP070, BCP036), and what fits the declaration (BCP034, BCP099)."""

from typing import Any

from orchestrator.compiler.functions.decorators import DecoratorRule
from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.assignment import Assignment, Place
from orchestrator.compiler.semantics.bounds import check_bounds
from orchestrator.compiler.semantics.constants import refuse_computed
from orchestrator.compiler.semantics.declared_types import decorated_type, integer_argument
from orchestrator.compiler.semantics.inference import Inference
from orchestrator.compiler.syntax.declarations import ParameterDeclaration
from orchestrator.compiler.syntax.expressions import ArrayLiteral, Identifier
from orchestrator.compiler.syntax.types import Decorator
from orchestrator.compiler.types.values import ArrayType, resolve, type_name, without_null


def check_arguments(inference: Inference, node: Any, decorator: Decorator, rule: DecoratorRule) -> bool:
    """Enter what is wrong with the arguments; True where nothing is. `node`: what the decorator stands on, or None."""
    problems, count = inference.model.problems, len(decorator.arguments)
    most = len(rule.arguments)
    if not rule.minimum <= count <= most:
        place = Identifier(decorator.call.name.end, decorator.call.end, "")
        wanted = f"{rule.minimum} to {most}" if rule.minimum < most else f"{most}"
        problems.error(place, "BCP071", f"@{decorator.name}() takes {wanted} arguments, and is given {count}.")
        return False
    if any([inference.is_error(argument) for argument in decorator.arguments]):
        return False
    for argument, wanted_type in zip(decorator.arguments, rule.arguments, strict=False):
        given = inference.type_of(argument)
        if not is_assignable(given, wanted_type) and not is_written_computed(inference, argument):
            problems.error(argument, "BCP070", f"@{decorator.name}() takes {type_name(wanted_type)} here, and is given {type_name(given)}.")
            return False
    if any([refuse_computed(inference.model, argument) for argument in decorator.arguments]):
        return False
    _check_values(inference, node, decorator, rule)
    return True


def is_written_computed(inference: Inference, node: Any) -> bool:
    """True for a call of any(): it fits all, and is refused as computed."""
    return type_name(resolve(inference.type_of(node))) == "any"


def _check_values(inference: Inference, node: Any, decorator: Decorator, rule: DecoratorRule) -> None:
    problems, name = inference.model.problems, decorator.name
    value = integer_argument(decorator)
    if name in ("minLength", "maxLength") and value is not None and value < 0:
        problems.error(decorator.arguments[0], "BCP168", "A length is not negative.")
    if name == "batchSize" and value is not None and value < 1:
        problems.error(decorator.arguments[0], "BCP154", f"A batch is of at least one, and not of {value}.")
    if name == "retryOn" and len(decorator.arguments) > 1:
        check_bounds(problems, decorator.arguments[1], inference.type_of(decorator.arguments[1]), rule.arguments[1])
    if name == "metadata":
        Assignment(inference).check(decorator.arguments[0], rule.arguments[0], Place())
    if name == "allowed":
        _check_allowed(inference, node, decorator)


def _check_allowed(inference: Inference, node: Any, decorator: Decorator) -> None:
    """The list of allowed values: not empty, each of the parameter's type; for an array those of its items too."""
    given = decorator.arguments[0]
    if not isinstance(given, ArrayLiteral):
        return
    if not given.items:
        inference.model.problems.error(given, "BCP099", "The list of allowed values is empty.", "Remove the decorator, or name values.")
    elif isinstance(node, ParameterDeclaration):
        others = tuple(other for other in node.decorators if other.name != "allowed")
        type_ = decorated_type(inference.model, node.type, others)
        found = resolve(without_null(type_))
        if isinstance(found, ArrayType) and not all(isinstance(item, ArrayLiteral) for item in given.items):
            type_ = found.item
        Assignment(inference).check(given, ArrayType(type_), Place())
