"""ARM's words for what goes wrong with any resource (Azure Resource Manager, RPC-V1)."""

from orchestrator.model.errors import ArmError
from orchestrator.model.resource_id import ResourceId


def resource_not_found(resource_id: ResourceId) -> ArmError:
    """404: no such resource."""
    where = f"under resource group '{resource_id.resource_group}' " if resource_id.resource_group else ""
    return ArmError(
        "ResourceNotFound",
        f"The Resource '{resource_id.type}/{resource_id.full_name}' {where}was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        status=404,
    )


def resource_group_not_found(name: str | None) -> ArmError:
    """404: no such group."""
    return ArmError("ResourceGroupNotFound", f"Resource group '{name}' could not be found.", status=404)


def deployment_not_found(name: str) -> ArmError:
    """404: no such deployment."""
    return ArmError("DeploymentNotFound", f"Deployment '{name}' could not be found.", status=404)


def subscription_not_found(subscription_id: str | None) -> ArmError:
    """404: the lab has one subscription."""
    return ArmError("SubscriptionNotFound", f"The subscription '{subscription_id}' could not be found.", status=404)


def invalid_resource_type(type_name: str, api_version: str | None) -> ArmError:
    """404: a type that is not in the providers' tables."""
    namespace, _, kind = type_name.partition("/")
    said = f" for api version '{api_version}'" if api_version else ""
    return ArmError(
        "InvalidResourceType",
        f"The resource type '{kind}' could not be found in the namespace '{namespace}'{said}. "
        "The lab has no such type: see `GET /subscriptions/.../providers`.",
        status=404,
    )


def invalid_namespace(namespace: str) -> ArmError:
    """404: a namespace of which the lab has no type."""
    return ArmError("InvalidResourceNamespace", f"The resource namespace '{namespace}' is invalid. The lab has no type of it.", status=404)


UNFORESEEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a body of a shape that no check foresaw raises. It becomes ARM's InternalServerError: any other answer makes clients fail in obscure ways."""


def internal_error(error: Exception) -> ArmError:
    """500: a defect of the lab; its log has the details."""
    message = f"The lab could not work with this request: {type(error).__name__}: {error}. Its log has the details."
    return ArmError("InternalServerError", message, status=500)


def operation_in_progress(resource_id: ResourceId, code: str = "AnotherOperationInProgress") -> ArmError:
    """409: something is being written that this would disturb."""
    return ArmError(
        code,
        f"Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri of {resource_id}.",
        status=409,
    )
