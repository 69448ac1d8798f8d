"""A template that is being evaluated at its scope: instances of its resources, nested stages, `reference()`, outputs.

A Plan holds all stages of one deployment, the nested ones too. A nested deployment becomes a stage when something asks for it.
`reference()` finds a resource by symbolic name, by name, or by id anywhere in the plan.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from orchestrator.arm.evaluation.budget import Budget
from orchestrator.arm.evaluation.evaluator import Frame, NotBeforehand, Program
from orchestrator.arm.evaluation.named_values import Parameters, Variables
from orchestrator.arm.evaluation.user_functions import Functions
from orchestrator.arm.expressions import Call, String
from orchestrator.arm.functions.values import Unknown, Value, find_key, invalid, to_expression
from orchestrator.arm.runtime import DeploymentScope, Runtime
from orchestrator.arm.template import outputs, references
from orchestrator.arm.template.declarations import is_symbolic, read_declarations
from orchestrator.arm.template.instances import Instance, inherit_condition, known_id, make_instances
from orchestrator.arm.template.shape import require_shape
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject


@dataclass(slots=True)
class Plan:
    """All stages of a deployment, and their resources by lower-cased id."""

    by_id: dict[str, Instance] = field(default_factory=dict)
    stages: list["Stage"] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)

    def find(self, identifier: str) -> Instance | None:
        """A resource by id; nested deployments that nobody has asked for yet are expanded first where it is not among the others."""
        wanted = identifier.rstrip("/").lower()
        found = self.by_id.get(wanted)
        if found is None and not all(stage.is_expanded for stage in self.stages):
            for stage in list(self.stages):
                stage.expand()
            found = self.by_id.get(wanted)
        return found


class Stage:
    """One template of a plan. `target` is where its resources go, which for a nested deployment of outer scope is not where its expressions stand."""

    def __init__(
        self, template: JsonObject, program: Program, target: DeploymentScope, *, plan: Plan, parent: "Stage | None" = None, frame: Frame | None = None
    ) -> None:
        self.template = template
        self.program = program
        self.target = target
        self.plan = plan
        self.parent = parent
        self.frame = frame or Frame("name")
        self.symbolic = is_symbolic(template)
        self.instances: list[Instance] = []
        self.by_symbol: dict[str, list[Instance]] = {}
        self.nested_stages: dict[int, Stage | None] = {}
        self.condition: Value = None
        self._outputs: dict[str, tuple[str, Value]] | None = None
        self.is_expanded = False
        plan.stages.append(self)

    def load(self) -> "Stage":
        """Make the instances; ArmError where a name, a count or a condition is not valid."""
        made: dict[int, list[Instance]] = {}
        for declaration in read_declarations(self.template):
            parents = made[id(declaration.parent)] if declaration.parent is not None else []
            if declaration.parent is not None and not parents:
                made[id(declaration)] = []
                continue
            made[id(declaration)] = list(make_instances(declaration, self.program, self.frame, self.target, parents))
            self.instances += made[id(declaration)]
            if declaration.symbol is not None:
                self.by_symbol[declaration.symbol.lower()] = made[id(declaration)]
        for instance in self.instances if self.condition is not None else ():
            inherit_condition(instance, self.condition)
        for instance in self.instances:
            identifier = known_id(instance)
            if identifier is not None and instance.condition is not False and not instance.declaration.existing:
                self.plan.by_id[identifier.lower()] = instance
        return self

    def find_symbol(self, text: str) -> list[Instance] | None:
        """The instances that a symbolic name means: `loop`, `loop[0]`, `resource`; None where there is none."""
        whole = self.by_symbol.get(text.lower())
        if whole is not None:
            return whole
        name, bracket, index = text.partition("[")
        group = self.by_symbol.get(name.lower())
        if group is None or not bracket or not index[:-1].isdigit():
            return None
        return [instance for instance in group if instance.order == int(index[:-1])] or None

    def find(self, text: str) -> Instance | None:
        """One resource by symbolic name, id, name or `type/name`."""
        group = self.find_symbol(text) if self.symbolic else None
        if group is not None:
            return group[0] if len(group) == 1 else None
        if text.startswith("/"):
            return self.find_own_id(text) or (None if self.program.strict else self.plan.find(text))
        return next(iter(self.find_names(text)), None) or (self.parent.find(text) if self.parent is not None and self.program is self.parent.program else None)

    def find_own_id(self, text: str) -> Instance | None:
        """One of this template's resources by id, existing ones too."""
        wanted = text.rstrip("/").lower()
        return next((i for i in self.instances if i.condition is not False and (known_id(i) or "").lower() == wanted), None)

    def find_names(self, text: str) -> Iterator[Instance]:
        """Resources by name, or by type and name (templates without symbolic names)."""
        wanted = text.lower()
        for instance in self.instances if not self.symbolic else ():
            name = str(instance.name).lower() if isinstance(instance.name, str) else None
            if name is not None and wanted in (name, f"{instance.declaration.type}/{instance.name}".lower(), _full_name(instance.declaration.type, name)):
                yield instance

    def expand(self) -> None:
        """Make stages of all nested deployments."""
        if self.is_expanded:
            return
        self.is_expanded = True
        for instance in self.instances:
            if instance.declaration.is_deployment and instance.condition is not False and not instance.busy:
                self.nested(instance)

    def nested(self, instance: Instance) -> "Stage | None":
        """The stage of a nested deployment; None where its template is elsewhere (`templateLink`) or a loop in it cannot be counted beforehand."""
        if id(instance) not in self.nested_stages:
            try:
                self.nested_stages[id(instance)] = make_nested(self, instance)
            except NotBeforehand:
                if self.program.strict:
                    raise
                self.nested_stages[id(instance)] = None  # as Azure's what-if does: NestedDeploymentShortCircuited
        return self.nested_stages[id(instance)]

    def outputs(self) -> dict[str, tuple[str, Value]]:
        """name: (type, value)."""
        if self._outputs is None:
            self._outputs = outputs.evaluate_outputs(self.program, self.template, self.frame)
        return self._outputs

    def fresh_outputs(self) -> dict[str, tuple[str, Value]]:
        """The outputs, evaluated anew."""
        self._outputs = None
        return self.outputs()

    def fresh_nested(self, instance: Instance) -> "Stage":
        """The stage of a nested deployment, made anew; ArmError where it has no template."""
        made = make_nested(self, instance)
        if made is None:
            raise invalid(f"The nested deployment '{instance.name}' has no template.")
        return made

    def reference(self, call: Call, arguments: list[Any]) -> Value:
        """`reference()`."""
        return references.evaluate_reference(self, call, arguments)

    def references(self, call: Call, arguments: list[Any]) -> Value:
        """`references()`."""
        return references.evaluate_references(self, call, arguments)

    def list_action(self, call: Call, arguments: list[Any]) -> Value:
        """`list*()`."""
        return references.evaluate_list_action(self, call, arguments)

    def qualify(self, call: Call, *, existing_only: bool) -> Call:
        """A call that is left unevaluated, with the id in place of a symbolic name."""
        return references.qualify(self, call, existing_only=existing_only)

    def planned_group(self, subscription_id: str, name: str) -> Value:
        """The body of a resource group that the plan makes."""
        found = self.plan.by_id.get(f"/subscriptions/{subscription_id}/resourceGroups/{name}".lower())
        return None if found is None or found.busy or not found.is_planned else found.body()

    def deployment(self) -> Value:
        """What `deployment()` says."""
        scope = self.program.scope
        said: JsonObject = {"name": scope.deployment_name}
        if scope.resource_group is None and scope.location is not None:
            said["location"] = scope.location
        said["properties"] = {"template": {"contentVersion": self.template.get("contentVersion", "1.0.0.0")}}
        return said


def _full_name(resource_type: str, name: str) -> str:
    """`Namespace/type/name/child/name`, as older templates write it."""
    namespace, *types = resource_type.lower().split("/")
    return "/".join([namespace, *(part for pair in zip(types, name.split("/"), strict=False) for part in pair)])


def make_stage(
    template: JsonObject, parameters: Mapping[str, Value], scope: DeploymentScope, runtime: Runtime, *, strict: bool, plan: Plan | None = None
) -> Stage:
    """A template with its parameters, its instances not made yet; ArmError where its shape is wrong."""
    require_shape(template)
    plan = Plan() if plan is None else plan
    program = Program(scope, runtime, strict, plan.budget)
    stage = Stage(template, program, scope, plan=plan)
    program.parameters = Parameters(program, template, parameters)
    program.variables = Variables(program, template)
    program.functions = Functions(template)
    program.resources = stage
    return stage


def check_values(stage: Stage) -> list[ArmError]:
    """What is wrong with the parameters and variables of a stage."""
    found: list[ArmError] = []
    for values in (stage.program.parameters, stage.program.variables):
        if isinstance(values, Parameters | Variables):
            found += values.problems()
    if isinstance(stage.program.functions, Functions):
        found += stage.program.functions.problems(stage.template)
    return found


def declared_condition(stage: Stage, instance: Instance) -> Value:
    """The condition that a nested deployment hands down to its resources; None where it has none."""
    return instance.condition if "condition" in instance.declaration.body or stage.condition is not None else None


def make_nested(stage: Stage, instance: Instance) -> Stage | None:
    """The stage of a nested deployment; ArmError where its template or parameters are not valid."""
    properties = instance.declaration.body.get("properties") or {}
    template = _nested_template(instance, properties.get("template"))
    if template is None:
        return None
    options = properties.get("expressionEvaluationOptions") or {}
    inner = str(options.get("scope", "outer")).lower() == "inner"
    if isinstance(properties["template"], str):
        if inner:
            raise invalid("The template of a nested deployment can be an expression only where expressionEvaluationOptions.scope is 'Outer'.")
        inner = True  # what the expression gave has been evaluated outside already
    name = instance.name if isinstance(instance.name, str) else str(instance.name)
    target = replace(instance.target, deployment_name=name)
    if not inner:
        if is_symbolic(template) and (template["resources"] or "languageVersion" in template):
            raise invalid(
                "Template language version '2.0' does not support 'Outer' expression evaluation. Ensure you have set "
                "expressionEvaluationOptions.scope to 'Inner'."
            )
        require_shape(template)
        program = Program(stage.program.scope, stage.program.runtime, stage.program.strict, stage.plan.budget)
        program.parameters, program.variables, program.functions = stage.program.parameters, stage.program.variables, stage.program.functions
        made = Stage(template, program, target, plan=stage.plan, parent=stage, frame=instance.frame)
        program.resources = OuterResources(made, stage)
        made.condition = declared_condition(stage, instance)
        return made.load()
    parameters = nested_parameters(instance)
    made = make_stage(template, parameters, target, stage.program.runtime, strict=stage.program.strict, plan=stage.plan)
    made.parent = stage
    made.condition = declared_condition(stage, instance)
    for problem in check_values(made):
        raise problem
    return made.load()


def _nested_template(instance: Instance, written: Json) -> JsonObject | None:
    """A nested deployment's template: as it is written, or what an expression gives; None where it is elsewhere, or not known beforehand."""
    template = instance.evaluator("body").evaluate_string(written) if isinstance(written, str) else written
    if template is None or isinstance(template, Unknown):
        return None
    if not isinstance(template, dict):
        raise invalid(f"Evaluation result of language expression '{written}' is not of the expected type 'Object'.")
    return template


class OuterResources:
    """The resources of a nested deployment of outer scope: its own first, then those of the template around; `deployment()` is the outer one."""

    def __init__(self, own: Stage, outer: Stage) -> None:
        self._own = own
        self._outer = outer

    def _owner(self, arguments: list[Any]) -> Stage:
        return self._own if arguments and isinstance(arguments[0], str) and self._own.find(arguments[0]) is not None else self._outer

    def reference(self, call: Call, arguments: list[Any]) -> Value:
        """`reference()`."""
        return self._owner(arguments).reference(call, arguments)

    def references(self, call: Call, arguments: list[Any]) -> Value:
        """`references()`."""
        return self._owner(arguments).references(call, arguments)

    def list_action(self, call: Call, arguments: list[Any]) -> Value:
        """`list*()`."""
        return self._owner(arguments).list_action(call, arguments)

    def qualify(self, call: Call, *, existing_only: bool) -> Call:  # noqa: ARG002 - the protocol's
        """Symbolic names do not occur here."""
        return call

    def planned_group(self, subscription_id: str, name: str) -> Value:
        """A resource group that the plan makes."""
        return self._outer.planned_group(subscription_id, name)

    def deployment(self) -> Value:
        """The outer deployment."""
        return self._outer.program.resources.deployment()


def nested_parameters(instance: Instance) -> dict[str, Value]:
    """The parameters that a nested deployment is given, evaluated where it stands."""
    given = (instance.declaration.body.get("properties") or {}).get("parameters") or {}
    evaluator = instance.evaluator("body")
    made: dict[str, Value] = {}
    if isinstance(given, str):
        given = evaluator.evaluate_json(given)
    if not isinstance(given, dict):
        raise invalid(f"The parameters of the nested deployment '{instance.declaration.label}' must be an object that is known before the deployment.")
    for name, said in given.items():
        entry = evaluator.evaluate_json(said)
        if isinstance(entry, Unknown):
            made[name] = entry
            continue
        key = find_key(entry, "value") if isinstance(entry, dict) else None
        if key is not None:
            made[name] = entry[key]
        elif isinstance(entry, dict) and isinstance(entry.get("reference"), dict):
            made[name] = _secret(entry["reference"])
        else:
            raise invalid(f"The parameter '{name}' of the nested deployment needs a 'value' or a 'reference'.")
    return made


def _secret(reference: JsonObject) -> Unknown:
    vault = reference["keyVault"].get("id") if isinstance(reference.get("keyVault"), dict) else None
    version = reference.get("secretVersion")
    parts = [to_expression(vault), to_expression(reference.get("secretName"))]
    return Unknown(Call("getKeyVaultSecret", (*parts, *((String(version),) if isinstance(version, str) else ()))))
