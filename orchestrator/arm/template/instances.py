"""A resource of a template with its loop index: its name, id, condition and body, each evaluated when it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from orchestrator.arm.evaluation.evaluator import Evaluator, Frame, Program, where
from orchestrator.arm.expressions import Call
from orchestrator.arm.functions.values import Unknown, Value, invalid, to_expression
from orchestrator.arm.runtime import DeploymentScope
from orchestrator.arm.template.declarations import Declaration
from orchestrator.arm.template.targets import find_target, resource_id
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_ENVELOPE = frozenset(
    {
        "copy",
        "condition",
        "dependsOn",
        "comments",
        "resources",
        "existing",
        "scope",
        "subscriptionId",
        "resourceGroup",
        "@options",
        "metadata",
        "asserts",
        "name",
        "type",
        "apiVersion",
    }
)
"""What a template says of a resource and its provider never sees, and what is evaluated by itself."""
_EARLY = frozenset({"location", "kind", "identity", "zones", "plan", "extendedLocation", "managedBy"})
"""Members that must be known before a deployment: no `reference()` there."""


@dataclass(slots=True)
class Instance:
    """One resource. `order` is its index in its loop."""

    declaration: Declaration
    program: Program
    frame: Frame
    target: DeploymentScope
    order: int | None
    name: Value = None
    id: Value = None
    api_version: str | None = None
    condition: Value = True
    _body: JsonObject | None = field(default=None, repr=False)
    _busy: bool = False

    @property
    def key(self) -> str:
        """The symbolic name, with the index in a loop; the id where there is none."""
        if self.declaration.symbol is None:
            return str(self.id or self.declaration.label)
        return self.declaration.symbol if self.order is None else f"{self.declaration.symbol}[{self.order}]"

    @property
    def is_planned(self) -> bool:
        """True where it will be there after a deployment, as far as one can tell."""
        return self.condition is True and not self.declaration.existing

    @property
    def busy(self) -> bool:
        """True while its body is being evaluated."""
        return self._busy

    def evaluator(self, place: str) -> Evaluator:
        """An evaluator for a part of it."""
        return Evaluator(self.program, Frame(place, self.frame.loops, self.frame.loop))

    def early(self, member: str) -> Value:
        """A member that must be known before a deployment."""
        return self.evaluator("name").evaluate_json(self.declaration.body.get(member))

    def body(self) -> JsonObject:
        """Everything that is put: id, type, name, apiVersion and the members of the template."""
        if self._body is None:
            self._busy = True
            try:
                self._body = self._evaluate_body()
            except ArmError as error:
                raise where(error, f"The template resource '{self.declaration.label}' is not valid") from None
            finally:
                self._busy = False
        return self._body

    def forget(self) -> None:
        """Evaluate the body anew when it is asked for."""
        self._body = None

    def _evaluate_body(self) -> JsonObject:
        made: JsonObject = {"id": self.id, "type": self.declaration.type, "name": self.name, "apiVersion": self.api_version}
        if self.condition is not True:
            made["condition"] = self.condition
        for key, value in self.declaration.body.items():
            if key in _ENVELOPE:
                continue
            evaluator = self.evaluator(_place_of(key))
            member = _deployment_properties(evaluator, value) if key == "properties" and self.declaration.is_deployment else evaluator.evaluate_json(value)
            if member is not None or key == "properties":
                made[key] = member
        return made


def _place_of(member: str) -> str:
    return "name" if member in _EARLY else "body" if member not in ("tags", "sku") else "envelope"


def _deployment_properties(evaluator: Evaluator, properties: JsonObject) -> JsonObject:
    """A nested deployment's properties: its template is evaluated by itself."""
    return {key: value if key == "template" else evaluator.evaluate_json(value) for key, value in properties.items()}


def make_instances(declaration: Declaration, program: Program, frame: Frame, scope: DeploymentScope, parents: list[Instance]) -> Iterator[Instance]:
    """The instances of a declaration: one, or as many as its loop counts; for a child, as many for each of its parents."""
    around: list[Instance | None] = [*parents] or [None]
    for parent in around:
        outer = frame if parent is None else parent.frame
        loop = declaration.body.get("copy")
        if loop is None:
            yield _make(declaration, program, outer, scope, None if parent is None else parent.order, parent)
            continue
        count = Evaluator(program, outer).evaluate_count(loop)
        for index in range(count):
            yield _make(declaration, program, outer.inside_loop(loop.get("name"), index, innermost=True), scope, index, parent)


def _make(declaration: Declaration, program: Program, frame: Frame, scope: DeploymentScope, order: int | None, parent: Instance | None) -> Instance:
    instance = Instance(declaration, program, frame, scope, order)
    try:
        _fill(instance, scope, parent)
    except ArmError as error:
        raise where(error, f"The template resource '{declaration.label}' is not valid") from None
    return instance


def _fill(instance: Instance, scope: DeploymentScope, parent: Instance | None) -> None:
    declaration = instance.declaration
    for member in ("apiVersion", "name"):
        if not declaration.body.get(member):
            raise invalid(f"the '{member}' property is not defined.")
    if "condition" in declaration.body:
        instance.condition = instance.early("condition")
    try:
        _fill_identity(instance, scope, parent)
    except ArmError:
        if instance.condition is not False:
            raise


def _fill_identity(instance: Instance, scope: DeploymentScope, parent: Instance | None) -> None:
    declaration = instance.declaration
    instance.api_version = str(instance.early("apiVersion"))
    name = instance.early("name")
    instance.name = f"{parent.name}/{name}" if parent is not None and not declaration.names_parent else name
    at = instance.early("scope")
    instance.target = find_target(
        scope,
        subscription_id=instance.early("subscriptionId") or None,
        resource_group=instance.early("resourceGroup") or None,
        at=at or None if declaration.is_deployment else None,
        location=instance.early("location") if declaration.is_deployment and "location" in declaration.body else None,
    )
    instance.id = resource_id(instance.target, declaration.type, instance.name, None if declaration.is_deployment else at)


def inherit_condition(instance: Instance, outer: Value) -> None:
    """A resource of a nested deployment is there only where the deployment is: both conditions, as far as they are unknown."""
    if "condition" not in instance.declaration.body:
        instance.condition = outer
    elif isinstance(instance.condition, Unknown) or (isinstance(outer, Unknown) and instance.condition is not False):
        instance.condition = Unknown(Call("and", (to_expression(outer), to_expression(instance.condition))))


def known_id(instance: Instance) -> str | None:
    """The id where it is known."""
    return instance.id if isinstance(instance.id, str) else None
