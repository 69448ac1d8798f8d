"""The types of calls: how many arguments (BCP071), of which types (BCP070), and what comes back."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from orchestrator.compiler.functions.results import find_result
from orchestrator.compiler.functions.signatures import Signature, find_overloads
from orchestrator.compiler.semantics.assignability import is_assignable
from orchestrator.compiler.semantics.call_results import RESULTS_BY_NAME, item_of
from orchestrator.compiler.semantics.conditions import may_be_missing
from orchestrator.compiler.semantics.constants import refuse_computed
from orchestrator.compiler.semantics.declared_types import type_of_result, type_of_syntax
from orchestrator.compiler.semantics.literal_calls import FOLDED, fold_call
from orchestrator.compiler.semantics.load_functions import LOADERS, load, type_of_json
from orchestrator.compiler.semantics.overloads import Misfits, choose_overload
from orchestrator.compiler.semantics.symbols import FunctionSymbol, MisplacedFunction, NamespaceSymbol, unaliased
from orchestrator.compiler.syntax.expressions import (
    ArrayAccess,
    FunctionCall,
    InstanceCall,
    Lambda,
    PropertyAccess,
    ResourceAccess,
    StringSyntax,
    VariableAccess,
)
from orchestrator.compiler.types.values import (
    ANY,
    BOOLEAN,
    ERROR,
    INTEGER,
    STRING,
    ArrayType,
    BooleanLiteralType,
    DiscriminatedType,
    ErrorType,
    IntegerLiteralType,
    LambdaType,
    ModuleType,
    NamespaceType,
    NullType,
    ObjectType,
    ResourceType,
    StringLiteralType,
    StringType,
    Type,
    members_of,
    resolve,
    type_name,
)

if TYPE_CHECKING:
    from orchestrator.compiler.semantics.inference import Inference

_NEEDED_NAMES = {
    ("resourceGroup", "subscription"): 1,
    ("resourceGroup", "managementGroup"): 2,
    ("resourceGroup", "tenant"): 2,
    ("subscription", "managementGroup"): 1,
    ("subscription", "tenant"): 1,
    ("managementGroup", "resourceGroup"): 1,
    ("managementGroup", "subscription"): 1,
    ("managementGroup", "tenant"): 1,
}
"""How many arguments a function needs in files of a scope; where it needs none, it means where the file itself goes."""
_OVER_ITEMS = frozenset(("map", "filter", "sort", "toObject", "groupBy", "reduce"))
_PAIRS = frozenset(("sort", "reduce"))
"""Lambdas that are given two items at once."""


_INNER = (
    "BCP025 BCP044 BCP045 BCP046 BCP048 BCP049 BCP055 BCP057 BCP059 BCP060 BCP061 BCP062 BCP063 BCP065 BCP066 BCP067 "
    "BCP069 BCP070 BCP071 BCP074 BCP075 BCP076 BCP082 BCP100 BCP101 BCP102 BCP107 BCP108 BCP109 BCP158 BCP159 BCP265"
)
INNER_CODES = frozenset(_INNER.split())
"""What is not said of the inside of a lambda that is wrong."""


def type_of_call(self: "Inference", node: FunctionCall) -> Type:
    """`f(a)`."""
    symbol = unaliased(self.model.symbol_of(node))
    if isinstance(symbol, FunctionSymbol):
        return _user_call(self, node, symbol)
    if isinstance(symbol, MisplacedFunction):
        return ERROR
    return _known_call(self, node)


def type_of_instance_call(self: "Inference", node: InstanceCall) -> Type:
    """`sys.f(a)`, `imported.f(a)`, `resource.listKeys()`."""
    base = resolve(self.type_of(node.base))
    symbol = self.model.symbol_of(node)
    if isinstance(symbol, FunctionSymbol):
        return _user_call(self, node, symbol)
    if isinstance(symbol, MisplacedFunction):
        return ERROR
    if isinstance(self.model.symbol_of(node.base), NamespaceSymbol):
        return _known_call(self, node)
    broken = [isinstance(resolve(self.type_of(argument)), ErrorType) for argument in node.arguments]
    if isinstance(base, ErrorType) or any(broken) or (node.name.name and not _has_function(self, node, base)):
        return ERROR
    if isinstance(node.base, VariableAccess | ResourceAccess) and may_be_missing(self, node):
        said = f"The resource may not be there when '{node.name.name}' is called: it has a condition."
        self.model.problems.warn(node.name, "BCP422", said, "Write ! behind it, where the condition holds.")
    return StringType(secure=True) if isinstance(base, ResourceType) and node.name.name == "getSecret" else ANY


def _has_function(self: "Inference", node: InstanceCall, base: Type) -> bool:
    """Enter a function that what stands before it does not have."""
    name = node.name.name
    if isinstance(base, NamespaceType) or (isinstance(base, ResourceType) and (name == "getSecret" or name.startswith("list"))):
        return True
    if isinstance(base, ObjectType | DiscriminatedType | ModuleType | ResourceType):
        self.model.problems.error(node.name, "BCP109", f"A value of type {type_name(base)} has no function '{name}'.")
    else:
        self.model.problems.error(node.name, "BCP067", f"A value of type {type_name(base)} has no functions.", "Resources and namespaces have.")
    return False


def _user_call(self: "Inference", node: FunctionCall | InstanceCall, symbol: FunctionSymbol) -> Type:
    parameters = tuple(type_of_syntax(symbol.model, parameter.type) for parameter in symbol.declaration.value.parameters)
    required = len(parameters)
    while required and any(isinstance(member, NullType) for member in members_of(parameters[required - 1])):
        required -= 1
    signature = Signature(symbol.text, parameters, required, False, type_of_result(symbol))
    types = [self.type_of(argument) for argument in node.arguments]
    return choose_overload(self.model.problems, node, (signature,), types)


def _known_call(self: "Inference", node: FunctionCall | InstanceCall) -> Type:
    name = node.name.name
    overloads = find_overloads(name, parameters_file=self.model.is_parameters)
    types: list[Type] = []
    misfits: Misfits = {}
    for number, argument in enumerate(node.arguments):
        if isinstance(argument, Lambda):
            types.append(_type_of_lambda(self, name, number, argument, types, misfits))
        else:
            types.append(self.type_of(argument))
    if not overloads:
        return ERROR
    needed = _NEEDED_NAMES.get((name, self.model.scope))
    if needed is not None:
        overloads = tuple(replace(signature, required=needed) for signature in overloads)
    result = choose_overload(self.model.problems, node, overloads, types, misfits)
    if isinstance(result, ErrorType):
        return ERROR
    if name == "externalInput" and any([refuse_computed(self.model, argument) for argument in node.arguments]):
        return ERROR
    if name == "providers":
        self.model.problems.warn(node.name, "BCP241", "providers() is deprecated, and will go.", "Write out what it would give.")
    if name in LOADERS:
        return load(self.model, node, types)
    if name == "json" and isinstance(text := resolve(types[0]), StringLiteralType):
        return type_of_json(self.model, node.arguments[0], text.value)
    return _refined(self, node, types) or find_result(name, len(node.arguments), self.model.scope) or result


def _general(type_: Type) -> Type:
    """What a literal is one of: reduce() begins with 0, and goes on with other whole numbers."""
    match resolve(type_):
        case StringLiteralType():
            return STRING
        case IntegerLiteralType():
            return INTEGER
        case BooleanLiteralType():
            return BOOLEAN
        case found:
            return found


def _type_of_lambda(self: "Inference", name: str, number: int, node: Lambda, before: list[Type], misfits: Misfits) -> Type:
    """A lambda, its parameters typed where that follows from the array that it runs over. One that cannot be right is a misfit as a whole, and what is wrong
    with names and calls inside of it is not said: that is how the official compiler has it."""
    if name in _OVER_ITEMS and before:
        item = item_of(before[0])
        first = _general(before[1]) if name == "reduce" and len(before) > 1 else item
        for place, local in enumerate(node.parameters):
            self.model.declared_types[local] = first if place == 0 else item if place == 1 and name in _PAIRS else ANY
    if isinstance(resolve(self.type_of(node)), ErrorType):
        self.model.problems.take_back(node.body, INNER_CODES)
        misfits[number] = f"The lambda of '{name}' is wrong inside."
    elif (said := _find_misfit(self, name, number, node)) is not None:
        misfits[number] = said
    return LambdaType()


_LAMBDAS: dict[str, tuple[int, int, Type | None]] = {
    "map": (1, 2, None),
    "filter": (1, 2, BOOLEAN),
    "sort": (2, 2, BOOLEAN),
    "reduce": (2, 3, None),
    "toObject": (1, 1, None),
    "groupBy": (1, 1, STRING),
    "mapValues": (1, 1, None),
}
"""How many parameters a function's lambda takes, and what it must give."""


def _find_misfit(self: "Inference", name: str, number: int, node: Lambda) -> str | None:
    """What is wrong with a lambda as such."""
    rule = _LAMBDAS.get(name)
    if rule is None:
        return None
    least, most, gives = rule
    gives = STRING if (name, number) == ("toObject", 1) else gives
    if least <= len(node.parameters) <= most and (gives is None or is_assignable(self.type_of(node.body), gives)):
        return None
    wanted = f"{least}" if least == most else f"{least} or {most}"
    what = f", and must give {type_name(gives)}" if gives is not None else ""
    return f"The lambda of '{name}' takes {wanted} parameters{what}."


def _name_of(self: "Inference", node: FunctionCall | InstanceCall) -> Type:
    """nameof(): the last name of what it is given."""
    match given := node.arguments[0]:
        case VariableAccess(name=name):
            return StringLiteralType(name)
        case PropertyAccess() | ResourceAccess():
            return StringLiteralType(given.name.name)
        case ArrayAccess(index=StringSyntax() as index) if index.literal is not None:
            return StringLiteralType(index.literal)
        case _:
            self.model.problems.error(node.arguments[0], "BCP408", "nameof() needs something that has a name.", "Name a declaration or a property.")
            return ERROR


def _refined(self: "Inference", node: FunctionCall | InstanceCall, types: list[Type]) -> Type | None:
    """A closer type than the signature's, where the arguments give one."""
    name, arguments = node.name.name, node.arguments
    known = fold_call(self.model, _Arguments(node), name, types) if name in FOLDED else None
    if known is not None:
        return known
    if name == "nameof":
        return _name_of(self, node)
    if name == "map" and isinstance(arguments[1], Lambda):
        return ArrayType(self.type_of(arguments[1].body))
    if name == "reduce" and isinstance(arguments[2], Lambda):
        return self.type_of(arguments[2].body)
    if name == "toObject":
        return ObjectType({}, _object_value(self, arguments))
    refine = RESULTS_BY_NAME.get(name)
    return refine(types) if refine is not None else None


class _Arguments:
    """The place of a call's arguments, without the parentheses."""

    def __init__(self, node: FunctionCall | InstanceCall) -> None:
        self.start = node.arguments[0].start if node.arguments else node.name.end
        self.end = node.arguments[-1].end if node.arguments else node.end


def _object_value(self: "Inference", arguments: tuple[Any, ...]) -> Type:
    return self.type_of(arguments[2].body) if len(arguments) > 2 and isinstance(arguments[2], Lambda) else ANY
