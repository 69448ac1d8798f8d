"""Proves a cluster's egress from inside: rows of what was expected, what the resources predict, and what was observed.

Where packets contradict the prediction that is a row of its own, whatever the environment demands: the resources are not what acts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator.egress.address_rows import judge_addresses
from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.endpoint_checks import check_blocked, check_reached
from orchestrator.egress.expected_addresses import ExpectedEgress, expected_addresses
from orchestrator.egress.firewall_address_checks import check_firewall_addresses
from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.predictions import Predictor, check_prediction, show_predicted
from orchestrator.egress.probes.cluster_proxy import ClusterProxy, read_proxy
from orchestrator.egress.probes.image_pull import IMAGE_PULL
from orchestrator.egress.probes.jobs import PROBE_IMAGE, Place, plan_places
from orchestrator.egress.probes.probe import USUAL_ECHO, plan_echo_probes, plan_pulls, plan_reach_probes
from orchestrator.egress.probes.visit import Findings, Row, Visit, merge_rows
from orchestrator.egress.runner import JobResult, Runner
from orchestrator.egress.trace.flow import Origin
from orchestrator.model.errors import CouldNotRun
from orchestrator.model.flows import Check, CheckStatus, Endpoint, Expectation, Observation, Verification
from orchestrator.model.resources import Snapshot

PLACE = "probe"
_OTHER_IMAGE = (
    "the probes run in this image: let nodes reach its registry, or name another image that they can pull (egress.probeImage in the environment's yaml)"
)
_NODE_ECHOES = 4
"""Requests to echo hosts from each node network: enough for two hosts to answer twice."""

_POD_ECHOES, _MOST_ECHOES, _ECHOES_FOR_AN_ADDRESS = 12, 48, 6
"""Requests from each pool's pods: six for each address that may show, within bounds. With two addresses one stays unseen in 1 of 2,000 runs."""


@dataclass(frozen=True, slots=True)
class EgressDemands:
    """What an environment demands. `address_echo`: hosts that answer with the caller's address; empty means the usual ones.

    images: what nodes must be able to pull. probe_image: what the probes themselves run in; it is pulled in any case.
    """

    must_reach: Sequence[Endpoint]
    must_be_blocked: Sequence[Expectation]
    address_echo: Sequence[Endpoint] = ()
    images: Sequence[str] = ()
    probe_image: str = PROBE_IMAGE


def verify(
    environment: str,
    demands: EgressDemands,
    snapshot: Snapshot,
    cluster_id: str,
    runner: Runner,
    *,
    run_id: str = "once",
    probe_seconds: float = 10.0,
    echo_requests: int | None = None,
    knowledge: Knowledge | None = None,
) -> Verification:
    """Probe every demanded endpoint from inside the cluster, at all of its places at once, and hold what was seen against the demands and the resources.

    snapshot: the resources after the deployment, node resource groups included. run_id: a name for this run, as in a label, that no other run has at the time.
    probe_seconds: the longest that one probe may take. echo_requests: from each pool's pods, None: by how many addresses may show. knowledge: of names and
    service tags, for the predictions; without it there are none. Where the runner cannot run, `could_not_run` says why and what would help, and the rows that
    need no packets are still there.
    """
    network, proxy = build_network(snapshot), read_proxy(snapshot.find(cluster_id))

    def expect(place: Place) -> ExpectedEgress:
        behind = _find_proxy(demands, proxy)
        return behind or expected_addresses(snapshot, cluster_id, network=network, origin=Origin(place.network), pool=place.pool)

    visits = [
        _plan_visit(demands, place, echo_requests or _count_requests(expect(place)), proxied=proxy is not None) for place in plan_places(snapshot, cluster_id)
    ]
    firewall_rows = check_firewall_addresses(snapshot, cluster_id)
    jobs = [visit.make_job(run_id=run_id, seconds=probe_seconds, image=demands.probe_image) for visit in visits]
    try:
        results = runner.run(jobs, timeout=max(visit.longest_seconds(probe_seconds) for visit in visits))
    except CouldNotRun as error:
        return Verification(environment, firewall_rows, could_not_run=f"{error.reason} {error.remedy}".strip())
    found = [visit.read(result.output, result.problem) for visit, result in zip(visits, results, strict=True)]
    idle = [(findings, result) for findings, result in zip(found, results, strict=True) if findings.problem is not None]
    if len(idle) == len(found) and not any(result.image_pull for _, result in idle):
        return Verification(environment, firewall_rows, could_not_run=_say_why(idle))
    busy = [findings for findings in found if findings.problem is None]
    said = [(findings.visit.place, expect(findings.visit.place), findings.echoed()) for findings in busy]
    predictor = None if knowledge is None else Predictor(network, knowledge, cluster_id, proxy)
    probed = _probed_rows(demands, busy, predictor)
    checks = (*_idle_rows(idle, demands.probe_image), *judge_addresses(last_name(cluster_id), said), *firewall_rows, *merge_rows(probed))
    return Verification(environment, checks, probe_seconds=max((one.answers.seconds for one in busy if one.answers.seconds is not None), default=None))


def _find_proxy(demands: EgressDemands, proxy: ClusterProxy | None) -> ExpectedEgress | None:
    """What is expected where echo hosts are asked through a proxy."""
    if proxy is None:
        return None
    url = next(filter(None, map(proxy.find_url, demands.address_echo or USUAL_ECHO)), None)
    return None if url is None else ExpectedEgress(unknown=f"pods leave by the cluster's proxy {url}, whose address no resource shows")


def _count_requests(expected: ExpectedEgress) -> int:
    return min(max(_POD_ECHOES, _ECHOES_FOR_AN_ADDRESS * len(expected.addresses)), _MOST_ECHOES)


def _plan_visit(demands: EgressDemands, place: Place, echo_requests: int, *, proxied: bool) -> Visit:
    """Pods ask the echo hosts often, so that all of several addresses may show; nodes pull the images."""
    reach = plan_reach_probes(demands.must_reach, demands.must_be_blocked)
    on_node = place.network == "node"
    echo = plan_echo_probes(demands.address_echo, min(echo_requests, _NODE_ECHOES) if on_node else echo_requests, len(reach))
    images = dict.fromkeys([demands.probe_image, *demands.images]) if on_node else {}
    return Visit(place, reach, echo, plan_pulls(list(images), len(reach) + len(echo)), proxied)


def _idle_rows(idle: Sequence[tuple[Findings, JobResult]], image: str) -> Iterator[Check]:
    """Places where nothing was probed. A probe's own image that cannot be pulled is a finding, not an accident."""
    for findings, result in idle:
        place, problem = str(findings.visit.place), str(findings.problem)
        if result.image_pull:
            yield Check(IMAGE_PULL, f"{image} on {place}", "pulled", problem, CheckStatus.FAILED, _OTHER_IMAGE)
        else:
            yield Check(PLACE, place, "probes run", problem, CheckStatus.COULD_NOT_RUN)


def _probed_rows(demands: EgressDemands, busy: Sequence[Findings], predictor: Predictor | None) -> list[Row]:
    """Endpoints, images, and last what disagrees with its prediction. Nobody promises that the usual echo hosts, or a registry, are up."""
    rows: list[Row] = []
    disagreements: list[Row] = []

    def add(place: Place, check: Check | None, observation: Observation, *, promised: bool = True) -> None:
        prediction = None if predictor is None else predictor.predict(place, observation.endpoint)
        if check is not None:
            rows.append(Row(place, show_predicted(check, prediction, observation.outcome), observation.outcome))
        other = check_prediction(prediction, observation, promised=promised)
        if other is not None:
            disagreements.append(Row(place, other, observation.outcome))

    for findings in busy:
        place, observations = findings.visit.place, findings.reached()
        for endpoint in demands.must_reach:
            add(place, check_reached(observations[endpoint]), observations[endpoint])
        for expectation in demands.must_be_blocked:
            add(place, check_blocked(expectation, observations[expectation.endpoint]), observations[expectation.endpoint])
    for findings in busy:
        for pulled in findings.pulled():
            add(findings.visit.place, pulled.check, pulled.observation, promised=False)
        for observation in {one.endpoint: one for one in findings.echoed()}.values():
            add(findings.visit.place, None, observation, promised=False)
    return [*rows, *disagreements]


def _say_why(idle: Sequence[tuple[Findings, JobResult]]) -> str:
    by_problem: dict[str, list[str]] = {}
    for findings, _ in idle:
        by_problem.setdefault(str(findings.problem), []).append(str(findings.visit.place))
    return "; ".join(f"{', '.join(places)}: {problem}" for problem, places in by_problem.items())
