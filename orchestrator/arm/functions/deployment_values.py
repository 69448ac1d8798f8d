"""Functions that read the template and the deployment around: parameters, variables, loops, resources."""

from orchestrator.arm.expressions import Call
from orchestrator.arm.functions.dates import require_default
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.strings import get_integer, get_text
from orchestrator.arm.functions.values import Unknown, Value, invalid, to_expression
from orchestrator.arm.runtime import UNRESOLVED


def parameters(context: Context, name: Value) -> Value:
    """A parameter's value."""
    return context.parameter(get_text("parameters", name))


def variables(context: Context, name: Value) -> Value:
    """A variable's value."""
    return context.variable(get_text("variables", name))


def copy_index(context: Context, *arguments: Value) -> int:
    """The index of a loop, moved by an offset that is not negative."""
    name = arguments[0] if arguments and isinstance(arguments[0], str) else None
    offsets = arguments[0 if name is None else 1 :]
    offset = get_integer("copyIndex", offsets[0]) if offsets else 0
    if offset < 0 or len(offsets) > 1:
        raise invalid("The template function 'copyIndex' expects an offset that is not negative.")
    return context.copy_index(name) + offset


def new_guid(context: Context) -> Value:
    """A fresh GUID; in defaults of parameters only."""
    require_default(context, "newGuid")
    made = context.runtime.new_guid()
    return Unknown(Call("newGuid")) if made is UNRESOLVED else made


def deployment(context: Context) -> Value:
    """The deployment itself."""
    return context.deployment()


def deployer(context: Context) -> Value:
    """Who deploys."""
    found = context.runtime.deployer()
    return Unknown(Call("deployer")) if found is UNRESOLVED else found


def reference(context: Context, call: Call) -> Value:
    """A resource's runtime state."""
    return context.reference(call, [context.evaluate(argument) for argument in call.arguments])


def references(context: Context, call: Call) -> Value:
    """The runtime state of all resources of a loop."""
    return context.references(call, [context.evaluate(argument) for argument in call.arguments])


def _in_the_cloud(name: str, minimum: int, maximum: int | None) -> Function:
    """A function that only Azure itself can answer."""

    def implementation(context: Context, *arguments: Value) -> Value:
        if context.strict:
            raise invalid(f"The template function '{name}' is not supported in a deployment by this engine: only Azure itself can answer it.")
        if name == "roleDefinitions":
            get_text(name, arguments[0])
        return Unknown(Call(name, tuple(to_expression(argument) for argument in arguments)))

    return Function(implementation, minimum, maximum, Style.CONTEXT)


FUNCTIONS = {
    "parameters": Function(parameters, 1, 1, Style.CONTEXT),
    "variables": Function(variables, 1, 1, Style.CONTEXT),
    "copyIndex": Function(copy_index, 0, 2, Style.CONTEXT),
    "newGuid": Function(new_guid, 0, 0, Style.CONTEXT),
    "deployment": Function(deployment, 0, 0, Style.CONTEXT),
    "deployer": Function(deployer, 0, 0, Style.CONTEXT),
    "reference": Function(reference, 1, 3, Style.SYNTAX),
    "references": Function(references, 1, 2, Style.SYNTAX),
    "providers": _in_the_cloud("providers", 1, 2),
    "pickZones": _in_the_cloud("pickZones", 3, 5),
    "toLogicalZone": _in_the_cloud("toLogicalZone", 0, None),
    "toLogicalZones": _in_the_cloud("toLogicalZones", 0, None),
    "toPhysicalZone": _in_the_cloud("toPhysicalZone", 0, None),
    "toPhysicalZones": _in_the_cloud("toPhysicalZones", 0, None),
    "roleDefinitions": _in_the_cloud("roleDefinitions", 1, 1),
}
