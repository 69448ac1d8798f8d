"""Puts together what is predicted of an environment's egress, and holds what was observed beside it: the value that every report renders."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orchestrator.model.explanations import ExplainedFlow
from orchestrator.model.flows import CheckStatus, Endpoint, Expectation, Verification
from orchestrator.model.report import Demand, EgressReport, ReportedCluster, ReportedFlow
from orchestrator.model.resources import Snapshot
from orchestrator.model.targets import Target
from orchestrator.workflows.explain import explain_flow
from orchestrator.workflows.plan import Plan
from orchestrator.workflows.preflight import report_preflight, with_plan

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge
    from orchestrator.egress.network.model import Cluster, Network
    from orchestrator.egress.preflight.preflight import Preflight
    from orchestrator.egress.preflight.requirements import Requirement
    from orchestrator.egress.trace.trace import Trace

_KINDS = {Demand.MUST_REACH: "must-reach", Demand.MUST_BE_BLOCKED: "must-be-blocked"}


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report is about. `basis`: what `snapshot` is, in words; `connections`: of a node, where stated; `plan`: None of what is deployed."""

    environment: str
    target: Target
    basis: str
    made: str
    snapshot: Snapshot
    must_reach: tuple[Endpoint, ...] = ()
    must_be_blocked: tuple[Expectation, ...] = ()
    connections: int | None = None
    plan: Plan | None = None


def make_report(facts: ReportFacts, knowledge: "Knowledge") -> EgressReport:
    """Everything that is predicted."""
    from orchestrator.egress.map.draw import draw_map
    from orchestrator.egress.network.build import build_network

    network = build_network(facts.snapshot)
    found = _look_over(facts, network, knowledge)
    looked = report_preflight(facts.environment, found)
    demanded = [(demand, why, trace) for demand, why, trace in _trace_demands(facts, network, knowledge)]
    topology = draw_map(network, (*(trace for _, _, trace in demanded), *(one.trace for one in found.requirements)))
    rows = [_demanded(demand, why, explain_flow(network, knowledge, trace)) for demand, why, trace in demanded]
    rows += [_required(requirement, explain_flow(network, knowledge, requirement.trace)) for requirement in found.requirements]
    paths = {(flow.source, flow.endpoint): path.number for path in topology.paths for flow in path.flows}
    numbered = [replace(row, path=paths.get((row.prediction.source, str(row.prediction.endpoint)), 0)) for row in rows]
    return EgressReport(
        facts.environment,
        facts.target,
        facts.basis,
        facts.made,
        tuple(_cluster(network, cluster) for cluster in network.clusters.values()),
        looked if facts.plan is None else with_plan(looked, facts.plan),
        tuple(dict.fromkeys(numbered)),
        topology,
    )


def _look_over(facts: ReportFacts, network: "Network", knowledge: "Knowledge") -> "Preflight":
    """The preflight; of what exists without what AKS would refuse at its creation, for which a listing of resources lacks roles and more."""
    from orchestrator.egress.plan_checks import check_plan
    from orchestrator.egress.preflight.preflight import preflight

    found = preflight(facts.snapshot, knowledge, network=network, demand=facts.connections)
    if facts.plan is not None:
        return found
    refusals = frozenset(check_plan(facts.snapshot))
    return replace(found, findings=tuple(finding for finding in found.findings if finding not in refusals))


def with_observations(report: EgressReport, verification: Verification | None, not_observed: str | None = None) -> EgressReport:
    """The same with what was seen beside each prediction."""
    if verification is None:
        return replace(report, not_observed=not_observed)
    flows = tuple(_observe(row, verification) for row in report.flows)
    return replace(report, flows=flows, verification=verification, not_observed=verification.could_not_run or not_observed)


def _trace_demands(facts: ReportFacts, network: "Network", knowledge: "Knowledge") -> list[tuple[Demand, str, "Trace"]]:
    """What the environment demands, from the pods of every pool that differs in its way."""
    from orchestrator.egress.trace.trace import trace_endpoint

    wanted = [(Demand.MUST_REACH, "", endpoint) for endpoint in facts.must_reach]
    wanted += [(Demand.MUST_BE_BLOCKED, "" if one.outcome is None else str(one.outcome), one.endpoint) for one in facts.must_be_blocked]
    found: list[tuple[Demand, str, Trace]] = []
    for demand, why, endpoint in wanted:
        for cluster_id in network.clusters:
            told: set[tuple[str, ...]] = set()
            for trace in trace_endpoint(network, knowledge, cluster_id, endpoint):
                place = (*(start.subnet.id.lower() for start in trace.flow.source.starts), str(trace.disposition))
                if place not in told:
                    told.add(place)
                    found.append((demand, why, trace))
    return found


def _demanded(demand: Demand, why: str, flow: ExplainedFlow) -> ReportedFlow:
    if flow.allowed is None:
        return ReportedFlow(demand, why, flow, CheckStatus.INCONCLUSIVE)
    kept = flow.allowed is (demand is Demand.MUST_REACH)
    otherwise = demand is Demand.MUST_BE_BLOCKED and why and flow.outcome is not None and why != flow.outcome
    return ReportedFlow(demand, why, flow, CheckStatus.PASSED if kept and not otherwise else CheckStatus.FAILED)


def _required(requirement: "Requirement", flow: ExplainedFlow) -> ReportedFlow:
    statuses = {True: CheckStatus.PASSED, False: CheckStatus.FAILED, None: CheckStatus.INCONCLUSIVE}
    return ReportedFlow(Demand.REQUIRED, f"{requirement.row.phase}: {requirement.row.why}", flow, statuses[flow.allowed], phase=requirement.row.phase)


def _observe(row: ReportedFlow, verification: Verification) -> ReportedFlow:
    """The row with its check; where places differ, with the one that did not pass, since a row stands for all of them."""
    subject, wanted = str(row.prediction.endpoint), _KINDS.get(row.demand)
    found = [one for one in verification.checks if one.subject == subject or one.subject.startswith(f"{subject} from ")]
    own = [one for one in found if one.kind == wanted or (wanted is None and one.kind in _KINDS.values())]
    check = next((one for one in own if one.status is not CheckStatus.PASSED), own[0] if own else None)
    return replace(row, observed=check, contradiction=next((one for one in found if one.status is CheckStatus.DISAGREES), None))


def _cluster(network: "Network", cluster: "Cluster") -> ReportedCluster:
    from orchestrator.egress.trace.leaving import find_ways, join_leaving

    ways = find_ways(network, cluster)
    return ReportedCluster(
        cluster.name,
        cluster.location,
        str(cluster.resource.properties.get("kubernetesVersion") or ""),
        cluster.outbound_type,
        tuple(f"{pool.name}: {pool.count} x {pool.vm_size or 'size not known'}" for pool in cluster.pools),
        tuple(dict.fromkeys(_say_way(way.way.hop.text if way.way else "", way.firewall.name if way.firewall else "", way.problem) for way in ways)),
        str(join_leaving(ways)),
    )


def _say_way(hop: str, firewall: str, problem: str | None) -> str:
    if problem is not None:
        return f"not known: {problem}"
    return f"through the firewall {firewall}, then {hop}" if firewall else hop
