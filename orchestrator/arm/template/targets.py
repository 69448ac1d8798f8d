"""Ids of resources, and where nested deployments go."""

from dataclasses import replace

from orchestrator.arm.expressions import Access, Call, Expression, Integer, String
from orchestrator.arm.functions.resource_ids import join_id
from orchestrator.arm.functions.values import Unknown, Value, invalid, to_expression
from orchestrator.arm.runtime import DeploymentScope

_GROUPS = "Microsoft.Management/managementGroups"


def scope_id(scope: DeploymentScope) -> str:
    """The id of a scope; empty for the tenant."""
    if scope.subscription_id is not None:
        group = "" if scope.resource_group is None else f"/resourceGroups/{scope.resource_group}"
        return f"/subscriptions/{scope.subscription_id}{group}"
    return "" if scope.management_group_id is None else f"/providers/{_GROUPS}/{scope.management_group_id}"


def find_target(scope: DeploymentScope, *, subscription_id: Value, resource_group: Value, at: Value, location: Value) -> DeploymentScope:
    """Where something goes that says `subscriptionId`, `resourceGroup` or `scope` beside itself; None where it does not say."""
    if isinstance(at, str):
        return _scope_at(scope, at, location)
    if resource_group is not None:
        owner = scope.subscription_id if subscription_id is None else subscription_id
        same = _same(owner, scope.subscription_id) and _same(resource_group, scope.resource_group)
        tags = scope.resource_group_tags if same else None
        return replace(scope, subscription_id=owner, resource_group=resource_group, location=scope.location if same else None, resource_group_tags=tags)
    if subscription_id is not None:
        return replace(scope, subscription_id=subscription_id, resource_group=None, location=location, resource_group_tags=None)
    return scope if location is None or scope.resource_group is not None else replace(scope, location=location)


def _scope_at(scope: DeploymentScope, at: str, location: Value) -> DeploymentScope:
    plain = replace(scope, subscription_id=None, resource_group=None, management_group_id=None, location=location, resource_group_tags=None)
    parts = at.strip("/").split("/")
    if parts == [""]:
        return plain
    if parts[0].lower() == "providers":
        parts = parts[1:]
    if len(parts) == 3 and "/".join(parts[:2]).lower() == _GROUPS.lower():
        return replace(plain, management_group_id=parts[2])
    if parts[0].lower() == "subscriptions" and len(parts) in (2, 4):
        return replace(plain, subscription_id=parts[1], resource_group=parts[3] if len(parts) == 4 else None)
    raise invalid(f"The scope '{at}' of a nested deployment is not valid.")


def _same(left: Value, right: Value) -> bool:
    return isinstance(left, str) and isinstance(right, str) and left.lower() == right.lower()


def resource_id(scope: DeploymentScope, resource_type: str, name: Value, extension_of: Value = None) -> Value:
    """The id of a resource: a text, or an expression where its name or scope is unknown. `extension_of`: its `scope` property."""
    segments = resource_type.count("/")
    if isinstance(name, Unknown) or isinstance(extension_of, Unknown) or any(isinstance(part, Unknown) for part in _parts(scope)):
        return Unknown(_id_expression(scope, resource_type, _name_expressions(name, segments), extension_of))
    if not isinstance(name, str):
        raise invalid(f"The name of a resource of type '{resource_type}' must be a text.")
    names = name.split("/")
    if len(names) != segments or not all(names):
        raise invalid(
            f"The template resource '{name}' for type '{resource_type}' has incorrect segment lengths. A nested resource type "
            "must have identical number of segments "
            "as its resource name. A root resource type must have segment length one greater than its resource name."
        )
    if isinstance(extension_of, str):
        return join_id(_extended_scope(scope, extension_of), resource_type, names)
    if resource_type.lower() == "microsoft.resources/resourcegroups" and scope.subscription_id is not None:
        return f"/subscriptions/{scope.subscription_id}/resourceGroups/{name}"
    if resource_type.lower() == _GROUPS.lower():
        return f"/providers/{_GROUPS}/{name}"
    return join_id(scope_id(scope), resource_type, names)


def _parts(scope: DeploymentScope) -> tuple[Value, ...]:
    """What an id in this scope begins with."""
    return (scope.management_group_id,) if scope.subscription_id is None else (scope.subscription_id, scope.resource_group)


def _extended_scope(scope: DeploymentScope, at: str) -> str:
    """A `scope` property as an id: absolute, the tenant's `/`, or `Namespace/type/name...` in the deployment's scope."""
    if at.startswith("/"):
        return at.rstrip("/")
    if at.lower().startswith(f"{_GROUPS.lower()}/"):
        return f"/providers/{at}"
    namespace, *rest = at.split("/")
    if len(rest) < 2 or len(rest) % 2:
        raise invalid(f"Unable to evaluate template language function 'extensionResourceId': the provided parent resource id '{at}' is not a valid uri.")
    return join_id(scope_id(scope), "/".join([namespace, *rest[::2]]), rest[1::2])


def _name_expressions(name: Value, segments: int) -> list[Expression]:
    expression = to_expression(name)
    if segments == 1:
        return [expression]
    not_empty = Call("lambda", (String("x"), Call("not", (Call("empty", (Call("lambdaVariables", (String("x"),)),)),))))
    parts = Call("filter", (Call("split", (expression, String("/"))), not_empty))
    return [Access(parts, Integer(number)) for number in range(segments)]


def _id_expression(scope: DeploymentScope, resource_type: str, names: list[Expression], extension_of: Value) -> Expression:
    kind = String(resource_type)
    if extension_of is not None:
        base = String(_extended_scope(scope, extension_of)) if isinstance(extension_of, str) else to_expression(extension_of)
        return Call("extensionResourceId", (base, kind, *names))
    if scope.resource_group is not None:
        return Call("resourceId", (to_expression(scope.subscription_id), to_expression(scope.resource_group), kind, *names))
    if scope.subscription_id is not None:
        return Call("subscriptionResourceId", (to_expression(scope.subscription_id), kind, *names))
    if scope.management_group_id is not None:
        return Call("managementGroupResourceId", (to_expression(scope.management_group_id), kind, *names))
    return Call("tenantResourceId", (kind, *names))
