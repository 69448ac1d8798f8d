"""Functions that make resource ids."""

import re

from orchestrator.arm.expressions import Call
from orchestrator.arm.functions.signature import Context, Function, Style
from orchestrator.arm.functions.strings import get_text
from orchestrator.arm.functions.values import Stay, Value, contains_unknown, invalid, to_expression

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\Z", re.IGNORECASE)


def join_id(scope: str, resource_type: str, names: list[str]) -> str:
    """`{scope}/providers/{namespace}/{type}/{name}/...`; ArmError where segments do not match."""
    namespace, *types = resource_type.strip("/").split("/")
    if not types or len(types) != len(names):
        raise invalid(
            f"Unable to evaluate template language function 'resourceId': the type '{resource_type}' requires {len(types)} resource name argument(s), "
            f"{len(names)} were provided: '{','.join(names)}'."
        )
    tail = "".join(f"/{kind}/{name}" for kind, name in zip(types, names, strict=True))
    return f"{scope.rstrip('/')}/providers/{namespace}{tail}"


def _type_position(function: str, arguments: tuple[Value, ...]) -> int:
    found = [position for position, argument in enumerate(arguments) if isinstance(argument, str) and "/" in argument]
    if len(found) == 1:
        return found[0]
    raise invalid(
        f"Unable to evaluate template language function '{function}': function requires exactly one multi-segmented argument "
        "which must be resource type including "
        f"resource provider namespace. Current function arguments '{','.join(map(str, arguments))}'."
    )


def _stay(name: str, arguments: list[Value]) -> Stay:
    return Stay(Call(name, tuple(to_expression(argument) for argument in arguments)))


def resource_id(context: Context, *arguments: Value) -> str:
    """[subscription, group,] type, names: an id in a resource group; at wider scopes one of that scope."""
    scope = context.scope
    at = _type_position("resourceId", arguments)
    if at > 2:
        raise invalid("Unable to evaluate template language function 'resourceId': at most a subscription and a resource group go before the type.")
    if scope.subscription_id is None:
        return tenant_resource_id(*arguments)
    if scope.resource_group is None and at == 0:
        return subscription_resource_id(context, *arguments)
    if scope.resource_group is None and at == 1:
        return subscription_resource_id(context, *arguments)
    subscription = arguments[0] if at == 2 else scope.subscription_id
    group = arguments[at - 1] if at else scope.resource_group
    if contains_unknown([subscription, group, *arguments]):
        raise _stay("resourceId", [subscription, group, *arguments[at:]])
    check_subscription(subscription)
    return join_id(f"/subscriptions/{subscription}/resourceGroups/{group}", arguments[at], [get_text("resourceId", name) for name in arguments[at + 1 :]])


def subscription_resource_id(context: Context, *arguments: Value) -> str:
    """[subscription,] type, names."""
    at = _type_position("subscriptionResourceId", arguments)
    subscription = arguments[0] if at else context.scope.subscription_id
    if contains_unknown([subscription, *arguments]):
        raise _stay("subscriptionResourceId", [subscription, *arguments[at:]])
    if subscription is None:
        raise invalid(
            "Unable to evaluate template language function 'subscriptionResourceId': the deployment has no subscription, so the first argument must name one."
        )
    check_subscription(subscription)
    names = [get_text("subscriptionResourceId", name) for name in arguments[at + 1 :]]
    if arguments[at].lower() == "microsoft.resources/resourcegroups" and len(names) == 1:
        return f"/subscriptions/{subscription}/resourceGroups/{names[0]}"
    return join_id(f"/subscriptions/{subscription}", arguments[at], names)


def check_subscription(subscription: Value) -> None:
    """ArmError where it is no GUID."""
    if not isinstance(subscription, str) or not _GUID.match(subscription):
        raise invalid(f"The provided value '{subscription}' is not valid subscription identifier.")


def tenant_resource_id(*arguments: Value) -> str:
    """type, names."""
    return join_id("", get_text("tenantResourceId", arguments[0]), [get_text("tenantResourceId", name) for name in arguments[1:]])


def extension_resource_id(*arguments: Value) -> str:
    """scope, type, names."""
    texts = [get_text("extensionResourceId", argument) for argument in arguments]
    if not texts[0].startswith("/"):
        raise invalid(f"Unable to evaluate template language function 'extensionResourceId': the provided parent resource id '{texts[0]}' is not a valid uri.")
    return join_id(texts[0], texts[1], texts[2:])


def management_group_resource_id(context: Context, *arguments: Value) -> str:
    """[management group,] type, names."""
    at = _type_position("managementGroupResourceId", arguments)
    group = arguments[0] if at else context.scope.management_group_id
    if group is None:
        raise invalid("Unable to evaluate template language function 'managementGroupResourceId'. At least 3 parameters should be provided.")
    if contains_unknown(list(arguments)):
        raise _stay("managementGroupResourceId", [group, *arguments[at:]])
    if arguments[at].lower() == "microsoft.management/managementgroups":
        return tenant_resource_id(*arguments[at:])
    names = [get_text("managementGroupResourceId", name) for name in arguments[at + 1 :]]
    return join_id(f"/providers/Microsoft.Management/managementGroups/{group}", arguments[at], names)


FUNCTIONS = {
    "resourceId": Function(resource_id, 2, None, Style.OPEN),
    "subscriptionResourceId": Function(subscription_resource_id, 2, None, Style.OPEN),
    "tenantResourceId": Function(tenant_resource_id, 2, None),
    "extensionResourceId": Function(extension_resource_id, 3, None),
    "managementGroupResourceId": Function(management_group_resource_id, 2, None, Style.OPEN),
}
