"""`explain`: the path of one flow, hop by hop, with what decides; `--live` sends the same flow through the cluster and holds both against each other."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from orchestrator.environments.environment import Environment
from orchestrator.model.errors import CouldNotRun, Problem, UserError
from orchestrator.model.explanations import ExplainedFlow, ExplainedHop, ExplainedWay, Explanation, NearestRule
from orchestrator.model.flows import CheckStatus, Endpoint
from orchestrator.model.preflight import Assumed
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Snapshot
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.destination import parse_destination
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.live import not_deployed, send_live
from orchestrator.workflows.plan import Plan, refuse_unseen_clusters, see_existing
from orchestrator.workflows.plan_source import PlanSource, Selection, select_source
from orchestrator.workflows.probe_time import probe_seconds
from orchestrator.workflows.session import run_environment, run_session

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.egress.addresses.knowledge import Knowledge
    from orchestrator.egress.dispositions import Ending
    from orchestrator.egress.network.model import Network
    from orchestrator.egress.trace.trace import Trace

ORIGINS = ("pod", "node")
_OTHER_CHANGES = {
    "DENIED_NSG": "Add an outbound rule that allows it to that security group, with a lower priority number than the rule that denies it.",
    "NO_ROUTE": "Change that route, or add a longer prefix for the destination that leads to where it can pass.",
    "NO_SNAT": "Give the subnet a NAT gateway, or a default route to an appliance.",
    "DNS_FAILURE": "No rule was asked: the name is not resolved. Check its spelling, and the network's DNS servers.",
}


def run(
    env: str = "", to: str = "", origin: str = "pod", target: str = "", *,
    file: str = "", parameters: str = "", stack: str = "", existing: str = "", live: bool = False, plan: bool = False, timeout: str = "",
    resolve: str = "", service_tags: str = "", outputs: Outputs | None = None,
) -> int:  # fmt: skip
    """Run the command. `origin`: pod or node; `plan`: look at the plan, whatever is deployed; the status is 0 where the answer is known, allowed or not."""
    selection = Selection(env, file, parameters, stack, existing)

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        source = select_source(project, selection, target, "explain")
        question = _Question(source, parse_destination(to), _check_origin(origin), read_knowledge(source.choice, resolve, service_tags))
        seconds = probe_seconds(timeout, source.choice) if source.environment is not None else 0.0
        if live and (plan or selection.is_files):
            said = "--plan looks at what is not" if plan else "files are not"
            raise UserError([Problem("NothingToSend", f"--live sends through what is deployed, and {said}", remedy="Say one of them.")])

        def steps() -> ExitStatus:
            if plan or source.environment is None:
                snapshot, basis, connection = question.planned(reporter), "the plan" if source.environment is not None else "the files", None
            else:
                connection = open_connection(project, source.choice)
                snapshot, basis = question.find_basis(connection, source.environment, reporter)
            explanation = question.explain(snapshot, basis)
            if live and connection is not None:
                explanation = send_live(connection, explanation, snapshot, question.origin, seconds) if basis == DEPLOYED else not_deployed(explanation)
            reporter.explanation(explanation)
            return status_of_explanation(explanation)

        return run_environment(reporter, source, source.choice, steps)

    return run_session("explain", work, outputs)


DEPLOYED = "what is deployed"


def status_of_explanation(explanation: Explanation) -> ExitStatus:
    """0 where it is known what becomes of the flow; 3 where the live flow disagrees; 4 where it is not known, or what was seen proves nothing."""
    seen = [answer.status for answer in explanation.live or ()]
    if CheckStatus.FAILED in seen:
        return ExitStatus.VERIFICATION_FAILED
    undecided = any(flow.allowed is None for flow in explanation.flows) or any(status is not CheckStatus.PASSED for status in seen)
    return ExitStatus.COULD_NOT_RUN if undecided or explanation.could_not_run is not None else ExitStatus.OK


def _check_origin(origin: str) -> str:
    if origin not in ORIGINS:
        raise UserError([Problem("UnknownOrigin", f"--from {origin}: a flow comes from a pod or from a node", remedy="Say --from pod or --from node.")])
    return origin


class _Question:
    """What is asked, and where the answer is looked for."""

    def __init__(self, source: PlanSource, endpoint: Endpoint, origin: str, knowledge: "Knowledge") -> None:
        self._source = source
        self._endpoint = endpoint
        self.origin: Literal["pod", "node"] = "node" if origin == "node" else "pod"
        self._knowledge = knowledge
        self._plan = Plan((), ())

    def planned(self, reporter: Reporter) -> Snapshot:
        """The resources of the plan."""
        self._plan = self._source.make_plan(reporter)
        return self._plan.snapshot

    def find_basis(self, connection: "Connection", environment: Environment, reporter: Reporter) -> tuple[Snapshot, str]:
        """What is deployed, where a cluster is; else the plan."""
        from orchestrator.egress.network.clusters import find_clusters

        deployed = Deployed(connection, environment.resource_group).snapshot
        if deployed is not None and find_clusters(deployed):
            return deployed, DEPLOYED
        self._plan = see_existing(self._source.make_plan(reporter), connection, environment.resource_group)
        return self._plan.snapshot, "the plan, since nothing is deployed"

    def explain(self, snapshot: Snapshot, basis: str) -> Explanation:
        """Every pool of every cluster; pools that differ in nothing but their name are one."""
        from orchestrator.egress.network.build import build_network
        from orchestrator.egress.trace.flow import Origin
        from orchestrator.egress.trace.trace import trace_endpoint

        network = build_network(snapshot)
        traces = [
            trace for cluster_id in network.clusters for trace in trace_endpoint(network, self._knowledge, cluster_id, self._endpoint, Origin(self.origin))
        ]
        if not traces:
            refuse_unseen_clusters(self._source.name, self._plan)
            message = f"there is no cluster with a node pool in {basis} of {self._source.name}"
            raise CouldNotRun(message, "Name an environment, or files, that have one.")
        by_place: dict[tuple[str, ...], Trace] = {}
        for trace in traces:
            place = (trace.flow.source.cluster.id, *(start.subnet.id.lower() for start in trace.flow.source.starts), str(trace.disposition))
            by_place.setdefault(place, trace)
        flows = (explain_flow(network, self._knowledge, trace) for trace in by_place.values())
        return Explanation(self._source.name, basis, tuple(_assuming(flow, self._plan) for flow in flows))


def _assuming(flow: ExplainedFlow, plan: Plan) -> ExplainedFlow:
    """A flow of a plan rests on what the plan takes for granted, too."""
    from orchestrator.egress.dispositions import Grade

    if not plan.assumptions:
        return flow
    grade = Grade.ASSUMED.value if flow.grade == Grade.CERTAIN.value else flow.grade
    return replace(flow, grade=grade, assumptions=tuple(dict.fromkeys((*plan.assumptions, *flow.assumptions))))


def explain_flow(network: "Network", knowledge: "Knowledge", trace: "Trace") -> ExplainedFlow:
    """A traced flow in the words that reports know."""
    from orchestrator.egress.trace.reply_path import find_asymmetry, find_inbound_asymmetry

    disposition = trace.disposition
    return ExplainedFlow(
        str(trace.flow.source),
        trace.flow.endpoint,
        disposition.allowed,
        str(disposition),
        disposition.grade.value,
        disposition.outcome,
        None if disposition.leaving is None else str(disposition.leaving),
        tuple(_way(ending) for ending in trace.endings),
        tuple(Assumed(one.code, one.text, one.source) for one in disposition.assumptions),
        disposition.reasons,
        disposition.undecided,
        _nearest(network, trace),
        find_asymmetry(network, knowledge, trace) or find_inbound_asymmetry(network, trace),
        trace.flow.source.cluster.id,
        trace.flow.source.pool.name,
    )


def _way(ending: "Ending") -> ExplainedWay:
    hops = tuple(ExplainedHop(hop.step.value, hop.resource_id, hop.text, None if hop.place is None else str(hop.place)) for hop in ending.hops)
    return ExplainedWay(hops, ending.kind.value, ending.reasons)


def _nearest(network: "Network", trace: "Trace") -> NearestRule | None:
    from orchestrator.egress.trace.nearest_rule import find_nearest

    if trace.disposition.allowed:
        return None
    found = find_nearest(network, trace)
    if found is not None:
        return NearestRule(None if found.place is None else str(found.place), found.misses, found.change)
    change = _OTHER_CHANGES.get(trace.endings[0].kind.name)
    return None if change is None or trace.disposition.allowed is None else NearestRule(None, (), change)
