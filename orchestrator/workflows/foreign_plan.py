"""What anyone's files make together, as a plan: each is read, all are expanded as one set, and what they do not tell is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.catalog.endpoints import cloud_of
from orchestrator.environments.stack_file import StackEntry
from orchestrator.model.errors import ArmError, Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import make_snapshot
from orchestrator.workflows.existing_resources import ExistingResources, read_existing
from orchestrator.workflows.foreign_template import ForeignTemplate, read_foreign
from orchestrator.workflows.open_questions import USUAL_LOCATION, find_assumptions, find_doubtful, find_unknowns
from orchestrator.workflows.plan import UNKNOWN_TENANT, Plan
from orchestrator.workflows.state_after import keep_computed

if TYPE_CHECKING:
    from orchestrator.arm import Joint, Part

USUAL_GROUP = "rg"
USUAL_SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True)
class ForeignFiles:
    """The files of one question. `existing`: exported resources."""

    name: str
    entries: tuple[StackEntry, ...]
    existing: Path | None = None


def plan_files(files: ForeignFiles) -> Plan:
    """The plan; UserError with what is wrong in every file, or with every resource that two files define."""
    from orchestrator.arm import expand_together
    from orchestrator.egress.network.computed_values import compute_values

    existing = ExistingResources() if files.existing is None else read_existing(files.existing)
    parts, located = _read_parts(files, existing)
    try:
        joint = expand_together(parts, existing=existing.bodies, compute=compute_values)
    except ArmError as error:
        raise UserError([Problem(one.code, _with_part(error, one), files.name, "Correct the file, or its parameters.") for one in error.leaves()]) from error
    _refuse_conflicts(joint, files)
    resources = tuple(_join_existing(existing.bodies, [body for _, body in joint.resources]))
    doubtful = tuple(find_doubtful(joint))
    assumptions = tuple(find_assumptions(joint, resources, located))
    return Plan(resources, doubtful, assumptions, tuple(dict.fromkeys((*existing.unknowns, *find_unknowns(joint, files.existing)))))


def _with_part(error: ArmError, leaf: ArmError) -> str:
    """A detail, with the file that the whole error names."""
    return leaf.message if leaf is error else f"{error.message.partition(':')[0]}: {leaf.message}"


def _read_parts(files: ForeignFiles, existing: ExistingResources) -> tuple[list["Part"], list[str]]:
    """All files as parts of a set, and the names of those whose location is assumed; UserError with the problems of all of them."""
    known: dict[Path, JsonObject] = {}
    parts: list[Part] = []
    located: list[str] = []
    errors: list[UserError] = []
    for entry in files.entries:
        try:
            foreign = read_foreign(entry, known)
            parts.append(_make_part(entry, foreign))
        except UserError as error:
            errors.append(error)
            continue
        if _location(entry, foreign) is None:
            located.append(entry.name)
    if errors:
        problems = dict.fromkeys(problem for error in errors for problem in error.problems)
        raise UserError(tuple(problems), tuple(dict.fromkeys(diagnostic for error in errors for diagnostic in error.diagnostics)))
    if existing.template is not None and files.existing is not None:
        parts.append(_existing_part(files.existing, existing.template, parts))
    return parts, located


def _make_part(entry: StackEntry, foreign: ForeignTemplate) -> "Part":
    from orchestrator.arm import DeploymentScope, Part
    from orchestrator.arm.functions.scopes import PUBLIC_CLOUD

    if foreign.scope == "resourceGroup" and entry.resource_group is None:
        remedy = "Write `resourceGroup: <name>` beside it."
        raise UserError([Problem("NoResourceGroup", f"{entry.name} is deployed to a resource group, and none is named", entry.where, remedy)])
    location = _location(entry, foreign) or USUAL_LOCATION
    subscription = entry.subscription or USUAL_SUBSCRIPTION
    scope = DeploymentScope(
        UNKNOWN_TENANT,
        subscription if foreign.scope in ("resourceGroup", "subscription") else None,
        entry.resource_group if foreign.scope == "resourceGroup" else None,
        UNKNOWN_TENANT if foreign.scope == "managementGroup" else None,
        location,
        entry.file.stem,
        cloud=PUBLIC_CLOUD if cloud_of(location) == "public" else None,
    )
    return Part(entry.name, foreign.template, foreign.parameters, scope, entry.existing)


def _location(entry: StackEntry, foreign: ForeignTemplate) -> str | None:
    """As the stack says; else the value of a parameter of that name."""
    said: Json = next((value for name, value in foreign.parameters.items() if name.lower() == "location"), None)
    return entry.location or (said.replace(" ", "").lower() if isinstance(said, str) and said else None)


def _existing_part(path: Path, template: JsonObject, parts: Sequence["Part"]) -> "Part":
    """An exported template stands where the files go, if that is one place."""
    from orchestrator.arm import Part

    places = {(part.scope.subscription_id, part.scope.resource_group) for part in parts}
    if len(places) != 1:
        remedy = "Write it into the stack file with its resourceGroup and `existing: true`."
        raise UserError([Problem("WhereDoesItExist", f"{path.name} is an exported template, and the files go to several places", str(path), remedy)])
    return Part(path.name, template, {}, parts[0].scope, exists=True)


def _refuse_conflicts(joint: "Joint", files: ForeignFiles) -> None:
    """Files that define one resource: which of them counts would depend on their order."""
    where = {entry.name: entry.where for entry in files.entries}
    problems = []
    for one in joint.conflicts:
        *others, last = one.parts
        message = f"{', '.join(others)} and {last} {'both' if len(others) == 1 else 'all'} define {one.resource_id}"
        remedy = "Leave it to one of them; `existing: true` in the stack says that a file's resources are there already."
        problems.append(Problem("DefinedTwice", message, ", ".join(where[part] for part in one.parts), remedy))
    if problems:
        raise UserError(problems)


def _join_existing(existing: Sequence[JsonObject], made: Sequence[JsonObject]) -> Iterator[JsonObject]:
    """What files make lies over what exists, with what Azure has computed already."""
    before = make_snapshot(existing)
    after = make_snapshot(made)
    for resource in after:
        yield keep_computed(before.find(resource.id), resource).body
    for old in before:
        if after.find(old.id) is None:
            yield old.body
