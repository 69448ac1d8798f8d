"""A deployment: a template found right, its resources as nodes of a graph, each evaluated strictly when it is its turn."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.arm.evaluation.named_values import Parameters
from orchestrator.arm.evaluation.type_check import is_secure
from orchestrator.arm.functions.values import Value, contains_unknown, invalid, render, to_expression, walk_calls
from orchestrator.arm.runtime import DeploymentScope, Runtime
from orchestrator.arm.template.bounds import bounded_depth
from orchestrator.arm.template.graph import find_dependencies
from orchestrator.arm.template.instances import Instance
from orchestrator.arm.template.outputs import type_name
from orchestrator.arm.template.shape import check_shape
from orchestrator.arm.template.stage import Stage, make_stage, nested_parameters
from orchestrator.arm.template.validation import check_stage, raise_problems
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject


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


class Deployment:
    """A deployment whose template and parameters are found right; resources are evaluated when it is their turn."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._instances: dict[str, Instance] = {instance.key: instance for instance in stage.instances}
        dependencies = find_dependencies(stage)
        self.scope = stage.target
        self.nodes = tuple(_node(instance, dependencies[instance.key]) for instance in stage.instances)

    @property
    def parameters(self) -> JsonObject:
        """{name: {"type", "value"}}; secure ones without their value."""
        values = self._stage.program.parameters
        made: JsonObject = {}
        if isinstance(values, Parameters) and self._stage.program.resources is self._stage:
            for name, definition in values.declared.items():
                made[name] = {"type": type_name(definition, values.definitions)}
                if not values.is_secure(name):
                    made[name]["value"] = values.get(name)
        return made

    @property
    def secure_outputs(self) -> frozenset[str]:
        """Names of outputs whose values must not be shown."""
        definitions = self._stage.template.get("definitions") or {}
        return frozenset(name for name, output in (self._stage.template.get("outputs") or {}).items() if is_secure(output, definitions))

    @bounded_depth()
    def evaluate(self, node: Node, runtime: Runtime) -> JsonObject:
        """The body to PUT; ArmError where an expression does not resolve."""
        self._turn(runtime)
        instance = self._instances[node.key]
        instance.forget()
        body = {key: value for key, value in instance.body().items() if key not in ("id", "condition")}
        _require_known(body, f"resource '{node.key}'")
        return dict(render(body))

    @bounded_depth()
    def nested(self, node: Node, runtime: Runtime) -> "Deployment":
        """The deployment inside a node of type Microsoft.Resources/deployments, its parameters evaluated here."""
        self._turn(runtime)
        instance = self._instances[node.key]
        properties = instance.declaration.body.get("properties") or {}
        if not isinstance(properties.get("template"), dict | str):
            raise invalid(f"The nested deployment '{node.name}' has no template: 'templateLink' is not supported by this engine.")
        for name, value in nested_parameters(instance).items():
            if contains_unknown(value):
                raise invalid(
                    f"The parameter '{name}' of the nested deployment '{node.name}' is not known: secrets of a key vault are not supported by this engine."
                )
        stage = self._stage.fresh_nested(instance)
        return _checked(stage)

    @bounded_depth()
    def outputs(self, runtime: Runtime) -> JsonObject:
        """{name: {"type", "value"}}, secure ones included: see `secure_outputs`."""
        self._turn(runtime)
        try:
            values = self._stage.fresh_outputs()
            for name, (_, value) in values.items():
                _require_known(value, f"output '{name}'")
        except ArmError as error:
            raise ArmError(
                "DeploymentOutputEvaluationFailed",
                "Unable to evaluate template outputs. Please see error details and deployment operations. Please see "
                "https://aka.ms/arm-common-errors for usage details.",
                details=[error],
            ) from None
        return {name: {"type": kind, "value": value} for name, (kind, value) in values.items()}

    def _turn(self, runtime: Runtime) -> None:
        self._stage.program.runtime = runtime
        self._stage.program.budget.renew()


def _node(instance: Instance, depends_on: frozenset[str]) -> Node:
    return Node(
        key=instance.key,
        symbolic_name=instance.declaration.symbol,
        resource_id=str(instance.id),
        type=instance.declaration.type,
        name=str(instance.name),
        api_version=str(instance.api_version),
        condition=bool(instance.condition),
        existing=instance.declaration.existing,
        depends_on=depends_on,
    )


def _require_known(value: Value, what: str) -> None:
    if contains_unknown(value):
        functions = sorted({f"{call.name}()" for call in walk_calls(to_expression(value))} - {"createArray()", "createObject()"})
        raise invalid(f"The {what} cannot be evaluated: not everything in it is known to this engine. It calls {', '.join(functions)}.")


@bounded_depth()
def start(template: JsonObject, parameters: Mapping[str, Json], scope: DeploymentScope, runtime: Runtime) -> Deployment:
    """A strict deployment; ArmError with all problems as details before anything is done."""
    raise_problems(check_shape(template))
    return _checked(make_stage(template, parameters, scope, runtime, strict=True), load=True)


def _checked(stage: Stage, *, load: bool = False) -> Deployment:
    raise_problems(check_stage(stage, load=load))
    return Deployment(stage)
