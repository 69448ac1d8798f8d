"""What the engine is told from outside: where a deployment goes, and what only a running cloud knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, Protocol, TypeAlias

from orchestrator.model.json_value import Json


class _Sentinel(Enum):
    UNRESOLVED = "unresolved"

    def __repr__(self) -> str:
        return "UNRESOLVED"


Unresolved: TypeAlias = Literal[_Sentinel.UNRESOLVED]
UNRESOLVED: Final = _Sentinel.UNRESOLVED
"""What a Runtime answers when it does not know: the call stays an expression (a strict deployment refuses it)."""


@dataclass(frozen=True, slots=True)
class DeploymentScope:
    """Where a deployment stands. Parts that its scope does not have are None; `location` is that of the resource group, else of the deployment itself.

    cloud: what `environment()` names, where that is known beforehand.
    """

    tenant_id: str
    subscription_id: str | None = None
    resource_group: str | None = None
    management_group_id: str | None = None
    location: str | None = None
    deployment_name: str = "main"
    resource_group_tags: Mapping[str, str] | None = field(default=None)
    cloud: str | None = None


class Runtime(Protocol):
    """What only the outside knows. Each answer may be UNRESOLVED; an ArmError is passed on to who started the deployment."""

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Json | Unresolved:
        """A resource's runtime state: its `properties`, or the whole body where `full`. Of a nested deployment: {"outputs": ..., "provisioningState": ...}."""
        ...

    def list_action(self, action: str, resource_id: str, api_version: str, body: Json) -> Json | Unresolved:
        """The answer to `listKeys` and its kin; `action` as the template spells it."""
        ...

    def utc_now(self, format: str) -> str | Unresolved:  # noqa: A002 - the documented name of the function's parameter
        """The time of the deployment in a .NET format (`orchestrator.arm.functions.dates.format_date` knows them)."""
        ...

    def new_guid(self) -> str | Unresolved:
        """A fresh GUID."""
        ...

    def deployer(self) -> Json | Unresolved:
        """Who deploys: {"objectId", "tenantId", "userPrincipalName"}."""
        ...

    def resource_group(self, subscription_id: str, name: str) -> Json | Unresolved:
        """{id, name, type, location, tags, properties} of a group that exists."""
        ...


class NothingKnown:
    """The Runtime of a snapshot: nothing is deployed, no clock runs."""

    def reference(self, *_: object) -> Unresolved:
        """Not known."""
        return UNRESOLVED

    list_action = utc_now = new_guid = deployer = resource_group = reference


NOTHING_KNOWN: Final[Runtime] = NothingKnown()
"""The one that is needed."""
