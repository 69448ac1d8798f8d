"""Templates that are deployed beside each other: one set of resources, in which `reference()` of each finds what the others make.

Theory of operation: each template is expanded with a Runtime that answers `reference()` from the set, and notes what was asked for. Then the set holds what
it makes. A template is expanded again as long as something that it asked for has changed since: the hub needs the spoke's ranges, and the spoke the hub's
address, so both are expanded until nothing changes. What nobody makes stays an expression. Of a nested deployment whose template is not here nothing is
known: what is read of it stays `reference('<where its template is>')...`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from orchestrator.arm.evaluation.evaluator import where
from orchestrator.arm.expressions import Call, String
from orchestrator.arm.functions.resource_ids import join_id
from orchestrator.arm.functions.values import Unknown, Value, render
from orchestrator.arm.resource_set import Compute, ResourceSet, compute_nothing
from orchestrator.arm.runtime import DeploymentScope
from orchestrator.arm.set_runtime import SetRuntime, read_groups
from orchestrator.arm.template.bounds import bounded_depth
from orchestrator.arm.template.instances import Instance, known_id
from orchestrator.arm.template.outputs import whole
from orchestrator.arm.template.stage import Stage, check_values, make_stage
from orchestrator.arm.template.targets import scope_id
from orchestrator.arm.unexpanded import Unexpanded, find_unexpanded, render_naming
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

DEPLOYMENTS = "Microsoft.Resources/deployments"


@dataclass(frozen=True, slots=True)
class Part:
    """A template of the set. `name`: what a reader calls it, its own; `exists`: what it makes is there already, and another part may make it anew."""

    name: str
    template: JsonObject
    parameters: Mapping[str, Value]
    scope: DeploymentScope
    exists: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A resource that more than one part makes."""

    resource_id: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joint:
    """What all parts make together.

    resources: (part, body), what is unknown as an expression text; missing: ids that were asked for and that nobody makes -> the parts that asked;
    uncertain: (part, id, type) of resources whose condition only the deployment knows; used: ids that were asked for and found.
    """

    resources: tuple[tuple[str, JsonObject], ...]
    outputs: Mapping[str, JsonObject]
    conflicts: tuple[Conflict, ...]
    unexpanded: tuple[Unexpanded, ...]
    missing: Mapping[str, tuple[str, ...]]
    uncertain: tuple[tuple[str, str, str], ...]
    used: tuple[str, ...]


@dataclass(slots=True)
class _State:
    """A part while the set is resolved: what it made last, and what it asked for."""

    part: Part
    runtime: SetRuntime
    bodies: list[JsonObject] = field(default_factory=list)
    made: dict[str, JsonObject] = field(default_factory=dict)
    unexpanded: list[Unexpanded] = field(default_factory=list)
    outputs: dict[str, Value] = field(default_factory=dict)
    expanded_at: int = -1


def expand_together(parts: Sequence[Part], *, existing: Iterable[JsonObject] = (), compute: Compute = compute_nothing) -> Joint:
    """Everything that the parts make, resolved over the whole set; ArmError, naming the part, where Azure refuses one."""
    known = ResourceSet(existing, compute)
    groups = read_groups(part.scope for part in parts)
    states = [_State(part, SetRuntime(known, groups)) for part in parts]
    late: dict[str, None] = {}
    with bounded_depth():
        for turn in range(_most_rounds(states)):
            waiting = [state for state in states if _is_stale(state, known)]
            if not waiting:
                return _conclude(states)
            for state in waiting:
                _expand(state, known)
            late |= dict.fromkeys(state.part.name for state in waiting if turn > len(states) + 8)
    names = ", ".join(sorted(late))
    raise ArmError("ReferencesDoNotSettle", f"What these templates read of each other changes for ever: {names}.")


def unknown_value(function: str, *texts: str) -> Value:
    """A parameter's value that only a call in the deployment gives."""
    return Unknown(Call(function, tuple(String(text) for text in texts)))


def _most_rounds(states: Sequence[_State]) -> int:
    """A value passes through all templates one after the other, and a few times through the same ones."""
    return 4 * len(states) + 16


def _is_stale(state: _State, known: ResourceSet) -> bool:
    return state.expanded_at < 0 or any(known.stamps.get(key, 0) > state.expanded_at for key in state.runtime.asked)


def _expand(state: _State, known: ResourceSet) -> None:
    try:
        _expand_part(state, known)
    except ArmError as error:
        raise where(error, state.part.name) from None


def _expand_part(state: _State, known: ResourceSet) -> None:
    """Expand a part with what is known now."""
    at, part = known.time, state.part
    state.runtime.begin()
    stage = make_stage(part.template, part.parameters, part.scope, state.runtime, strict=False)
    for problem in check_values(stage):
        raise problem
    stage.load()
    state.bodies, state.unexpanded, made = [], [], {}
    for instance, nested in _walk(stage):
        if instance.declaration.is_deployment and nested is None:
            state.unexpanded.append(find_unexpanded(part.name, instance))
            continue
        body = {**instance.body(), "id": instance.id} if nested is None else _deployment_body(nested)
        if nested is None:
            state.bodies.append(body)
        identifier = known_id(instance)
        if identifier is not None:
            made[identifier.lower()] = body
    made[join_id(scope_id(part.scope), DEPLOYMENTS, [part.scope.deployment_name]).lower()] = _deployment_body(stage)
    state.outputs = {name: whole(value) for name, (_, value) in stage.outputs().items()}
    known.take(state.made, made, exists=part.exists)
    state.made, state.expanded_at = made, at


def _walk(stage: Stage) -> Iterator[tuple[Instance, Stage | None]]:
    """Every resource that may be made, with its stage where it is a nested deployment; those inside right after it."""
    for instance in stage.instances:
        if instance.condition is False or instance.declaration.existing:
            continue
        nested = stage.nested(instance) if instance.declaration.is_deployment else None
        yield instance, nested
        if nested is not None:
            yield from _walk(nested)


def _deployment_body(stage: Stage) -> JsonObject:
    """What `reference()` of a deployment gives: its outputs."""
    outputs = {name: {"type": kind, "value": value} for name, (kind, value) in stage.outputs().items()}
    return {"type": DEPLOYMENTS, "properties": {"provisioningState": "Succeeded", "outputs": outputs}}


def _conclude(states: Sequence[_State]) -> Joint:
    unexpanded = tuple(one for state in states for one in state.unexpanded)
    links = {one.resource_id.lower(): one.link for one in unexpanded if one.link is not None}
    bodies = [(state, body) for state in states for body in state.bodies if not _is_made_anew(state, body, states)]
    return Joint(
        tuple((state.part.name, render_naming(body, links)) for state, body in bodies),
        {state.part.name: {name: render_naming(value, links) for name, value in state.outputs.items()} for state in states},
        tuple(_find_conflicts(states)),
        unexpanded,
        _find_missing(states, {one.resource_id.lower() for one in unexpanded}),
        tuple((state.part.name, str(render(body["id"])), str(body["type"])) for state, body in bodies if "condition" in body),
        tuple({key: identifier for state in states for key, identifier in state.runtime.used.items()}.values()),
    )


def _find_missing(states: Sequence[_State], unexpanded: set[str]) -> dict[str, tuple[str, ...]]:
    spelled: dict[str, str] = {}
    found: dict[str, tuple[str, ...]] = {}
    for state in states:
        for key, identifier in state.runtime.missing.items():
            if key not in unexpanded:
                name = spelled.setdefault(key, identifier)
                found[name] = (*found.get(name, ()), state.part.name)
    return found


def _is_made_anew(state: _State, body: JsonObject, states: Sequence[_State]) -> bool:
    """True for a resource that exists by one part, and that another one makes."""
    key = str(body["id"]).lower()
    return state.part.exists and any(key in other.made for other in states if not other.part.exists)


def _find_conflicts(states: Sequence[_State]) -> Iterator[Conflict]:
    makers: dict[str, tuple[str, dict[str, None]]] = {}
    for state in states:
        for body in state.bodies if not state.part.exists else ():
            identifier = body["id"]
            if isinstance(identifier, str):
                makers.setdefault(identifier.lower(), (identifier, {}))[1][state.part.name] = None
    for identifier, parts in makers.values():
        if len(parts) > 1:
            yield Conflict(identifier, tuple(parts))
