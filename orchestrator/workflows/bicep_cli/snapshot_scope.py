"""Where a snapshot's deployment stands: what the arguments name, and expressions for what they do not."""

from typing import Any, NoReturn

from orchestrator.arm.expressions import Access, Call, String
from orchestrator.arm.functions.values import Stay, Unknown
from orchestrator.arm.runtime import DeploymentScope
from orchestrator.model.json_value import JsonObject
from orchestrator.workflows.bicep_cli.command_line import Arguments
from orchestrator.workflows.bicep_cli.files import refuse

_SCOPES = {
    "tenantdeploymenttemplate": ("tenant", ()),
    "managementgroupdeploymenttemplate": ("management group", ("--management-group-id",)),
    "subscriptiondeploymenttemplate": ("subscription", ("--subscription-id",)),
    "deploymenttemplate": ("resource group", ("--subscription-id", "--resource-group")),
}
"""For the file name of a template's $schema: its scope, and the options that say which one it is."""


class UnnamedPart(Unknown):
    """A part of the scope that nobody named. It has no text: a call that needs it for one stays an expression."""

    __slots__ = ()

    def __format__(self, _: str) -> NoReturn:
        raise Stay

    def __str__(self) -> NoReturn:
        raise Stay


def snapshot_scope(template: JsonObject, arguments: Arguments) -> DeploymentScope:
    """The scope; refused where an option is given that the template's scope does not have."""
    schema = str(template.get("$schema", "")).rstrip("#").rsplit("/", 1)[-1].removesuffix(".json").lower()
    kind, options = _SCOPES.get(schema, _SCOPES["deploymenttemplate"])
    for option in ("--subscription-id", "--resource-group", "--management-group-id"):
        if option not in options and arguments.text(option) is not None:
            raise refuse(f"{option} cannot be given: the template is for a {kind}.")
    in_group = "--resource-group" in options
    return DeploymentScope(
        tenant_id=_part(arguments, "--tenant-id", "tenant", "tenantId"),
        subscription_id=_part(arguments, "--subscription-id", "subscription", "subscriptionId") if "--subscription-id" in options else None,
        resource_group=_part(arguments, "--resource-group", "resourceGroup", "name") if in_group else None,
        management_group_id=_part(arguments, "--management-group-id", "managementGroup", "name") if "--management-group-id" in options else None,
        location=arguments.text("--location") if in_group else _part(arguments, "--location", "deployment", "location"),
        deployment_name=_part(arguments, "--deployment-name", "deployment", "name"),
    )


def _part(arguments: Arguments, option: str, function: str, member: str) -> Any:
    """The text that was given, else the expression that a deployment would know."""
    given = arguments.text(option)
    return UnnamedPart(Access(Call(function), String(member))) if given is None else given
