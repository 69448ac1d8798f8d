"""The engine's entries: what a deployment would create (`expand`, `snapshot`), and a deployment step by step (`start`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.arm.runtime import UNRESOLVED, DeploymentScope, Runtime, Unresolved
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject

__all__ = ["UNRESOLVED", "Deployment", "DeploymentScope", "Expansion", "Node", "Runtime", "Unresolved", "expand", "snapshot", "start"]


@dataclass(frozen=True, slots=True)
class Node:
    """A resource of a deployment. `key` is unique in it: `symbol`, `symbol[0]` in a loop, or the id; `depends_on` holds keys, explicit and implicit."""

    key: str
    symbolic_name: str | None
    resource_id: str
    type: str
    name: str
    api_version: str
    condition: bool
    existing: bool
    depends_on: frozenset[str]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a deployment would create: bodies with `id`, and output values; what is unknown is an expression text."""

    resources: tuple[JsonObject, ...]
    outputs: JsonObject


class Deployment:
    """A deployment whose template and parameters are found right; resources are evaluated when it is their turn."""

    nodes: tuple[Node, ...]
    parameters: JsonObject
    secure_outputs: frozenset[str]

    def evaluate(self, node: Node, runtime: Runtime) -> JsonObject:
        """The body to PUT; every expression must resolve."""
        raise ArmError("NotSupported", node.key)

    def nested(self, node: Node, runtime: Runtime) -> "Deployment":
        """The deployment inside a node of type Microsoft.Resources/deployments, its parameters evaluated here."""
        raise ArmError("NotSupported", node.key)

    def outputs(self, runtime: Runtime) -> JsonObject:
        """{name: {"type", "value"}}, secure ones included: see `secure_outputs`."""
        raise ArmError("NotSupported", "outputs")


def expand(template: JsonObject, parameters: Mapping[str, Json], scope: DeploymentScope, runtime: Runtime) -> Expansion:
    """Everything as far as it is known, nested deployments expanded; ArmError where Azure refuses."""
    raise ArmError("NotSupported", "expand")


def start(template: JsonObject, parameters: Mapping[str, Json], scope: DeploymentScope, runtime: Runtime) -> Deployment:
    """A strict deployment; ArmError with all problems as details before anything is done."""
    raise ArmError("NotSupported", "start")


def snapshot(
    template: JsonObject,
    parameters: Mapping[str, Json],
    *,
    tenant_id: str,
    management_group_id: str | None,
    subscription_id: str | None,
    resource_group: str | None,
    location: str | None,
    deployment_name: str,
) -> JsonObject:
    """{"predictedResources": [...], "outputs": {...}}, as `bicep snapshot` says it."""
    raise ArmError("NotSupported", "snapshot")
