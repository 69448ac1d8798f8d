"""`suggest`: from an exported firewall log to the fewest rules that allow what was denied, as Bicep to paste. Asks nobody, writes nothing but the report."""

from pathlib import Path

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.lab.directory import SUBSCRIPTION_ID as LAB_SUBSCRIPTION
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import make_snapshot
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.compilation import Compiled, compile_environment
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.plan import make_plan
from orchestrator.workflows.selection import select_one
from orchestrator.workflows.session import run_session

PARAMETER = "allowList"
_FIREWALL = "Microsoft.Network/azureFirewalls"


def run(env: str = "", log: str = "", *, outputs: Outputs | None = None) -> int:
    """Run the command. `log`: the exported file."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        environment = load_environment(project, select_one(project, env, "suggest"))
        text = _read(log)
        _suggest(environment, text, Path(log), reporter)
        return ExitStatus.OK

    return run_session("suggest", work, outputs)


def _suggest(environment: Environment, text: str, path: Path, reporter: Reporter) -> None:
    from orchestrator.egress.addresses.knowledge import NOTHING_KNOWN, lab_knowledge
    from orchestrator.egress.suggest import AllowList, read_log, read_present_rules, suggest

    firewall_log = read_log(text, path)
    if firewall_log.diagnostics:
        reporter.diagnostics(firewall_log.diagnostics)
    compiled = compile_environment(environment, reporter)
    snapshot = make_snapshot(make_plan(compiled, environment.subscription or LAB_SUBSCRIPTION).resources)
    if not snapshot.of_type(_FIREWALL):
        raise UserError([Problem("NoFirewall", f"there is no firewall in the plan of {environment.name}", remedy="Name the environment that the log is from.")])
    knowledge = NOTHING_KNOWN if environment.subscription else lab_knowledge()
    entries, declared = _allow_list(compiled)
    blocked = [expectation.endpoint for expectation in environment.must_be_blocked]
    allow_list = AllowList(tuple(entries), environment.params_path.name, declared)
    present = read_present_rules(snapshot, allow_list, knowledge=knowledge, blocked=blocked)
    reporter.suggestion(suggest(firewall_log, present, str(path)))


def _read(log: str) -> str:
    if not log:
        remedy = "Say --log FILE: an export of AZFWApplicationRule and AZFWNetworkRule; the lab's is made by ./inv lab.firewall-log --env ENV --json FILE."
        raise UserError([Problem("NoLog", "`suggest` needs a firewall log", remedy=remedy)])
    try:
        return Path(log).read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UserError([Problem("NoLog", f"cannot read {log}: {error.strerror or error}")]) from error


def _allow_list(compiled: Compiled) -> tuple[list[JsonObject], bool]:
    """The entries that are deployed, and whether the parameter file names them itself."""
    values = compiled.parameter_values
    if PARAMETER in values:
        return list(values[PARAMETER]), True
    declaration = (compiled.template.get("parameters") or {}).get(PARAMETER)
    if declaration is None:
        message = f"the topology of {compiled.environment.name} has no parameter {PARAMETER}"
        raise UserError([Problem("NoAllowList", message, remedy="Names are suggested for the topology udr's parameter.")])
    default = declaration.get("defaultValue")
    if not isinstance(default, list):
        raise UserError(
            [Problem("NoAllowList", f"the default of {PARAMETER} is computed, so no free priority is known", remedy="Name the list in the parameter file.")]
        )
    return default, False
