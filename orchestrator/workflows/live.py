"""The same flow, sent through the cluster, beside its prediction: a prediction that disagrees with what was seen is a failure of its own kind."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from orchestrator.model.errors import CouldNotRun
from orchestrator.model.explanations import ExplainedFlow, Explanation, LiveAnswer
from orchestrator.model.flows import CheckStatus, Observation
from orchestrator.model.resources import Resource, Snapshot
from orchestrator.workflows.verify import make_runner, new_run_id

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection

Network = Literal["pod", "node"]


def not_deployed(explanation: Explanation) -> Explanation:
    """Where nothing can be sent that is said, and the prediction stays."""
    return replace(explanation, live=(), could_not_run=f"{explanation.environment} is not deployed: ./inv deploy --env {explanation.environment}")


def send_live(connection: "Connection", explanation: Explanation, snapshot: Snapshot, network: Network, seconds: float) -> Explanation:
    """The explanation with what was seen from each pool, by the probes of `verify`; what could not be sent is said."""
    answers: list[LiveAnswer] = []
    problems: list[str] = []
    connection.load_containers_ahead()
    for cluster_id in dict.fromkeys(flow.cluster_id for flow in explanation.flows):
        flows = [flow for flow in explanation.flows if flow.cluster_id == cluster_id]
        cluster = snapshot.find(cluster_id)
        if cluster is None:
            continue
        try:
            seen = _send(connection, cluster, flows, network, seconds)
        except CouldNotRun as error:
            problems.append(f"{error.reason} {error.remedy}".strip())
            continue
        for flow, observation in zip(flows, seen, strict=True):
            if isinstance(observation, str):
                problems.append(f"{flow.source}: {observation}")
            else:
                answers.append(LiveAnswer(flow.source, observation, *compare_live(flow, observation)))
    return replace(explanation, live=tuple(answers), could_not_run="; ".join(problems) or None)


def _send(connection: "Connection", cluster: Resource, flows: Sequence[ExplainedFlow], network: Network, seconds: float) -> list[Observation | str]:
    """What each flow's pool saw, or why nothing was sent from there."""
    from orchestrator.egress.probes.jobs import PROBE_IMAGE, Place
    from orchestrator.egress.probes.probe import Probe
    from orchestrator.egress.probes.visit import Visit

    run_id = new_run_id()
    visits = [Visit(Place(flow.pool, network), (Probe(0, flow.endpoint),)) for flow in flows]
    jobs = [visit.make_job(run_id=run_id, seconds=seconds, image=PROBE_IMAGE) for visit in visits]
    results = make_runner(connection, cluster).run(jobs, timeout=max(visit.longest_seconds(seconds) for visit in visits))
    found = [visit.read(result.output, result.problem) for visit, result in zip(visits, results, strict=True)]
    return [findings.problem or findings.reached()[flow.endpoint] for flow, findings in zip(flows, found, strict=True)]


def compare_live(flow: ExplainedFlow, observation: Observation) -> tuple[CheckStatus, str]:
    """Whether what was seen is what was predicted, and what that means."""
    from orchestrator.egress.agreement import compare_prediction

    return compare_prediction(flow.allowed, flow.outcome, observation.outcome)
