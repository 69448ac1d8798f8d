"""Where a plan comes from: an environment of the project, one file of anyone's, or a stack of them. All of them give the same Plan.

for_each_source(project, selection, target, work, reporter)    preflight, report: all environments where nothing is named
select_source(project, selection, target, command)             explain: exactly one
source.make_plan(reporter)                                     resources, assumptions, unknowns
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.environments.stack_file import StackEntry, load_stack
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.model.targets import TargetKind
from orchestrator.workflows.compilation import compile_environment
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.plan import Plan, make_plan
from orchestrator.workflows.selection import select_environments, select_one
from orchestrator.workflows.session import run_each
from orchestrator.workflows.target import TargetChoice, choose_target


@dataclass(frozen=True, slots=True)
class Selection:
    """What a person names: environments (all, where nothing is said), or files. Texts as they were typed."""

    env: str = ""
    file: str = ""
    parameters: str = ""
    stack: str = ""
    existing: str = ""

    @property
    def is_files(self) -> bool:
        """True where it is about anyone's files."""
        return bool(self.file or self.stack)


@dataclass(frozen=True, slots=True)
class PlanSource:
    """One thing that a plan can be made of. `demand`: connections a node that are stated; `environment`: None for files."""

    name: str
    choice: TargetChoice
    make_plan: Callable[[Reporter], Plan]
    demand: int | None = None
    environment: Environment | None = None


def for_each_source(project: Path, selection: Selection, target: str, work: Callable[[PlanSource], ExitStatus], reporter: Reporter) -> ExitStatus:
    """Work on each of what is named; one environment that fails does not keep the others from being looked at."""
    _check(selection)
    if selection.is_files:
        return work(open_files(selection, target))
    names = select_environments(project, selection.env)
    return run_each(names, lambda name: work(open_environment(project, name, target)), reporter)


def select_source(project: Path, selection: Selection, target: str, command: str) -> PlanSource:
    """The one that is named; UserError where that is not one."""
    _check(selection)
    return open_files(selection, target) if selection.is_files else open_environment(project, select_one(project, selection.env, command), target)


def open_environment(project: Path, name: str, target: str) -> PlanSource:
    """An environment of the project."""
    environment = load_environment(project, name)
    choice = choose_target(target, environment.subscription)

    def make(reporter: Reporter) -> Plan:
        return make_plan(compile_environment(environment, reporter), choice.subscription_id)

    return PlanSource(name, choice, make, environment.connections_per_node, environment)


def open_files(selection: Selection, target: str) -> PlanSource:
    """Files of anyone's; UserError where the stack file is wrong. Nothing is sent anywhere; `target` local: names and tags are the lab's."""
    from orchestrator.workflows.foreign_plan import USUAL_GROUP, USUAL_SUBSCRIPTION, ForeignFiles, plan_files

    if target not in ("", TargetKind.AZURE, TargetKind.LOCAL):
        raise UserError([Problem("UnknownTarget", f"'{target}' is no target", remedy="Leave --target out: of files nothing is sent anywhere.")])
    if selection.stack:
        path = Path(selection.stack)
        name, entries = path.name, load_stack(path)
    else:
        path = Path(selection.file)
        parameters = Path(selection.parameters) if selection.parameters else None
        name, entries = path.name, (StackEntry(path.name, str(path), path, parameters, resource_group=USUAL_GROUP),)
    files = ForeignFiles(name, entries, Path(selection.existing) if selection.existing else None)
    kind = TargetKind.LOCAL if target == TargetKind.LOCAL else TargetKind.FILES
    choice = TargetChoice(kind, entries[0].subscription or USUAL_SUBSCRIPTION, "files are looked at, and nothing is sent")
    return PlanSource(name, choice, lambda _: plan_files(files))


def _check(selection: Selection) -> None:
    """UserError where what is named does not go together."""
    named = [f"--{name}" for name in ("env", "file", "stack") if getattr(selection, name)]
    if len(named) > 1:
        raise UserError([Problem("TooMuchNamed", f"{' and '.join(named)} are different things to look at", remedy="Name one of them.")])
    if selection.parameters and not selection.file:
        raise UserError([Problem("NoFile", "--parameters belongs to --file", remedy="Say --file TEMPLATE, too; in a stack file each entry names its own.")])
    if selection.existing and not selection.is_files:
        raise UserError([Problem("NoFile", "--existing belongs to --file or --stack", remedy="An environment's plan is whole.")])
