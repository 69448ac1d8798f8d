"""What a preview says of traffic: which flows a deployment gains, loses, or sends out with another address; deployed beside planned."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment
from orchestrator.model.changes import WhatIf
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Snapshot
from orchestrator.model.traffic import FlowChange, FlowChangeKind, TrafficComparison
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.plan import Plan
from orchestrator.workflows.state_after import state_after

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge
    from orchestrator.egress.network.model import Network
    from orchestrator.egress.traffic.compare import TrafficChange

_TRAFFIC = ("/microsoft.network/", "/microsoft.containerservice/")


def tell_traffic(deployed: Deployed, environment: Environment, plan: Plan, what_if: WhatIf, knowledge: "Knowledge", reporter: Reporter) -> None:
    """Read what is deployed, only where the what-if changes anything that may carry traffic, and tell the flows."""
    staying = ("NoChange", "Ignore")
    changing = [change for change in what_if.changes if change.type.value not in staying]
    if not any(part in change.resource_id.lower() for change in changing for part in _TRAFFIC):
        return
    before = deployed.snapshot if what_if.source == "arm" else None
    before = before or deployed.surroundings
    reporter.traffic(compare(environment, before, state_after(before, what_if, plan.resources), knowledge))


def compare(environment: Environment, before: Snapshot, after: Snapshot, knowledge: "Knowledge") -> TrafficComparison:
    """Pods and nodes of every cluster: required endpoints, the environment's expectations, and what rules name."""
    from orchestrator.egress.network.build import build_network
    from orchestrator.egress.trace.flow import Origin
    from orchestrator.egress.trace.leaving import find_ways, join_leaving
    from orchestrator.egress.traffic.compare import compare_traffic

    old, new = build_network(before), build_network(after)
    expected = [*environment.must_reach, *(expectation.endpoint for expectation in environment.must_be_blocked)]
    changes: list[FlowChange] = []
    made: list[tuple[str, str]] = []
    compared = 0
    for cluster in new.clusters.values():
        if old.cluster(cluster.id) is None:
            made.append((cluster.name, str(join_leaving(find_ways(new, cluster)))))
            continue
        found = compare_traffic(old, new, knowledge, cluster.id, expected, (Origin.POD, Origin.NODE))
        compared += found.compared
        changes += _group(new, cluster.name, found.changes)
    return TrafficComparison(environment.name, compared, tuple(changes), new=tuple(made))


def _group(network: "Network", cluster: str, changes: Iterable["TrafficChange"]) -> list[FlowChange]:
    """One row for the endpoints that go the same way; pods and nodes, and pools, that change alike are named together."""
    by_flow: dict[tuple[str, str, str, str], list[TrafficChange]] = {}
    for change in changes:
        by_flow.setdefault((change.change.value, str(change.endpoint), str(_end(change, "before")), str(_end(change, "after"))), []).append(change)
    rows: dict[tuple[str, str, str, str], list[tuple[str, str]]] = {}
    for (kind, endpoint, before, after), alike in by_flow.items():
        rows.setdefault((kind, _source(network, cluster, alike), before, after), []).append((endpoint, _remedy(network, alike[0])))
    told = [
        FlowChange(_KINDS[kind], source, tuple(endpoint for endpoint, _ in found), before, after, remedy=found[0][1] if len(found) == 1 else "")
        for (kind, source, before, after), found in rows.items()
    ]
    order = list(FlowChangeKind)
    return sorted(told, key=lambda change: order.index(change.kind))


_KINDS = {
    "gained": FlowChangeKind.GAINED,
    "lost": FlowChangeKind.LOST,
    "another address": FlowChangeKind.READDRESSED,
    "denied otherwise": FlowChangeKind.DENIED_OTHERWISE,
    "not known any more": FlowChangeKind.UNCERTAIN,
    "known only now": FlowChangeKind.KNOWN_NOW,
}


def _end(change: "TrafficChange", side: str) -> str:
    """What becomes of a flow: the addresses where it leaves, else how it ends."""
    disposition = (change.before if side == "before" else change.after).disposition
    if disposition.allowed and disposition.leaving is not None:
        return str(disposition.leaving)
    return str(disposition)


def _source(network: "Network", cluster: str, changes: list["TrafficChange"]) -> str:
    origins = dict.fromkeys(f"{change.origin}s" for change in changes)
    pools = dict.fromkeys(change.pool for change in changes)
    every = {pool.name for one in network.clusters.values() if one.name == cluster for pool in one.pools}
    which = "" if set(pools) == every else f" (pool {', '.join(pools)})"
    return f"{' and '.join(origins)} of {cluster}{which}"


def _remedy(network: "Network", change: "TrafficChange") -> str:
    from orchestrator.egress.trace.nearest_rule import find_nearest

    if change.change.value != "lost":
        return ""
    nearest = find_nearest(network, change.after)
    return "" if nearest is None else nearest.change
