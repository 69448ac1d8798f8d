"""Proves a cluster's egress from inside: rows of what was expected and what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.egress.address_check import check_addresses, read_echoes
from orchestrator.egress.endpoint_checks import check_blocked, check_reached
from orchestrator.egress.expected_addresses import expected_addresses
from orchestrator.egress.firewall_address_checks import check_firewall_addresses
from orchestrator.egress.probes.answers import Answers, read_answers
from orchestrator.egress.probes.probe import Probe, plan_echo_probes, plan_reach_probes
from orchestrator.egress.probes.script import build_script, longest_seconds
from orchestrator.egress.runner import Runner
from orchestrator.egress.verdicts import judge
from orchestrator.model.errors import CouldNotRun
from orchestrator.model.flows import Check, Endpoint, Expectation, Observation, Verification
from orchestrator.model.resources import Snapshot


@dataclass(frozen=True, slots=True)
class EgressDemands:
    """What an environment demands. `address_echo`: hosts that answer with the caller's address; empty means the usual ones."""

    must_reach: Sequence[Endpoint]
    must_be_blocked: Sequence[Expectation]
    address_echo: Sequence[Endpoint] = ()


def verify(
    environment: str,
    demands: EgressDemands,
    snapshot: Snapshot,
    cluster_id: str,
    runner: Runner,
    *,
    probe_seconds: float = 10.0,
    echo_requests: int = 12,
) -> Verification:
    """Probe every demanded endpoint from inside the cluster, in one command, and hold what was seen against the demands and the resources.

    snapshot: the resources after the deployment, node resource groups included. probe_seconds: the longest that one probe may take. Where the runner cannot
    run, `could_not_run` says why and what would help, and the rows that need no packets are still there.
    """
    reach = plan_reach_probes(demands.must_reach, demands.must_be_blocked)
    echo = plan_echo_probes(demands.address_echo, echo_requests, len(reach))
    firewall_rows = check_firewall_addresses(snapshot, cluster_id)
    probes = (*reach, *echo)
    try:
        result = runner.run(build_script(probes, seconds=probe_seconds), timeout=longest_seconds(probes, seconds=probe_seconds))
    except CouldNotRun as error:
        return Verification(environment, firewall_rows, could_not_run=f"{error.reason} {error.remedy}".strip())
    answers = read_answers(result.output, probes)
    if answers.problem is not None:
        return Verification(environment, firewall_rows, could_not_run=f"{answers.problem} (exit status {result.exit_code})")
    rows = _endpoint_rows(demands, {probe.endpoint: _observe(probe, answers) for probe in reach})
    seen = read_echoes(_observe(probe, answers) for probe in echo)
    cluster_name = cluster_id.rsplit("/", 1)[-1]
    return Verification(environment, (check_addresses(cluster_name, expected_addresses(snapshot, cluster_id), seen), *firewall_rows, *rows))


def _endpoint_rows(demands: EgressDemands, observations: dict[Endpoint, Observation]) -> tuple[Check, ...]:
    reached = [check_reached(observations[endpoint]) for endpoint in demands.must_reach]
    blocked = [check_blocked(expectation, observations[expectation.endpoint]) for expectation in demands.must_be_blocked]
    return (*reached, *blocked)


def _observe(probe: Probe, answers: Answers) -> Observation:
    return judge(probe.endpoint, answers.by_number.get(probe.number), answers.missing.get(probe.number, ""))
