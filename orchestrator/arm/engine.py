"""The engine's entries: what a deployment would create (`expand`, `snapshot`), and a deployment step by step (`start`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orchestrator.arm.functions.values import Value, render
from orchestrator.arm.runtime import NOTHING_KNOWN, UNRESOLVED, DeploymentScope, Runtime, Unresolved
from orchestrator.arm.template.bounds import bounded_depth
from orchestrator.arm.template.deployment import Deployment, Node, start
from orchestrator.arm.template.outputs import whole
from orchestrator.arm.template.stage import Stage, check_values, make_stage
from orchestrator.model.json_value import Json, JsonObject

__all__ = ["UNRESOLVED", "Deployment", "DeploymentScope", "Expansion", "Node", "Runtime", "Unresolved", "expand", "snapshot", "start"]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a deployment would create: bodies with `id`, and output values; what is unknown is an expression text."""

    resources: tuple[JsonObject, ...]
    outputs: JsonObject


def expand(template: JsonObject, parameters: Mapping[str, Json], scope: DeploymentScope, runtime: Runtime) -> Expansion:
    """Everything as far as it is known, nested deployments expanded; ArmError where Azure refuses."""
    with bounded_depth():
        stage = make_stage(template, parameters, scope, runtime, strict=False)
        for problem in check_values(stage):
            raise problem
        stage.load()
        resources = tuple(_bodies(stage))
        return Expansion(resources, {name: render(whole(value)) for name, (_, value) in stage.outputs().items()})


def _bodies(stage: Stage) -> Iterator[JsonObject]:
    for instance in stage.instances:
        if instance.condition is False or instance.declaration.existing:
            continue
        body: Value = instance.body()
        nested = stage.nested(instance) if instance.declaration.is_deployment else None
        if nested is not None:
            yield from _bodies(nested)
            nested.outputs()
        elif not instance.declaration.is_deployment:
            yield render(body)


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
    scope = DeploymentScope(tenant_id, subscription_id, resource_group, management_group_id, location, deployment_name)
    expansion = expand(template, parameters, scope, NOTHING_KNOWN)
    return {"predictedResources": list(expansion.resources), "outputs": expansion.outputs}
