"""`verify`: probes inside the cluster, and whether what they saw is what the resources and the environment say."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.environments.environment import Environment, load_environment
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.flows import Verification
from orchestrator.model.reporter import Reporter
from orchestrator.model.resources import Resource, Snapshot
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows.cluster_runner import ClusterRunner
from orchestrator.workflows.connecting import open_connection
from orchestrator.workflows.deployed import Deployed
from orchestrator.workflows.exit_status import ExitStatus, status_of_verification
from orchestrator.workflows.knowledge import read_knowledge
from orchestrator.workflows.lab import find_not_modelled
from orchestrator.workflows.probe_time import probe_seconds
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_each, run_environment, run_session
from orchestrator.workflows.target import choose_target

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection
    from orchestrator.egress.addresses.knowledge import Knowledge


def run(
    env: str = "", target: str = "", *, timeout: str = "", resolve: str = "", service_tags: str = "", outputs: Outputs | None = None
) -> int:  # fmt: skip
    """Run the command for one environment, or all. `timeout`: seconds that each probe may take; `resolve`, `service_tags`: what the predictions know."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(name: str) -> ExitStatus:
            environment = load_environment(project, name)
            choice = choose_target(target, environment.subscription)
            seconds = probe_seconds(timeout, choice)
            knowledge = read_knowledge(choice, resolve, service_tags)

            def steps() -> ExitStatus:
                return verify_environment(reporter, environment, open_connection(project, choice), knowledge, timeout=seconds)

            return run_environment(reporter, environment, choice, steps)

        return run_each(select_environments(project, env), one, reporter)

    return run_session("verify", work, outputs)


def verify_environment(reporter: Reporter, environment: Environment, connection: "Connection", knowledge: "Knowledge", *, timeout: float) -> ExitStatus:
    """Predict, probe and compare; where probing is not possible here the verification says why, and is told all the same."""
    reporter.step("verify the egress")
    connection.load_containers_ahead()
    snapshot = _read_deployed(environment, connection)
    for note in _say_unprobed(snapshot):
        reporter.note(note)
    verification = probe_environment(environment, snapshot, knowledge, lambda cluster: make_runner(connection, cluster, reporter.note), timeout)
    reporter.verification(verification)
    for note in find_not_modelled() if connection.is_local else ():
        reporter.note(f"not modelled: {note}")
    return status_of_verification(verification)


def make_runner(connection: "Connection", cluster: Resource, report: Callable[[str], None] = lambda _: None) -> ClusterRunner:
    """What runs probes in a cluster. `report`: takes lines for a person who waits."""
    access = cluster.properties.get("apiServerAccessProfile") or {}
    power = cluster.properties.get("powerState") or {}
    stopped = power.get("code") == "Stopped"
    return ClusterRunner(connection, cluster.id, run_command=not access.get("disableRunCommand"), stopped=stopped, report=report)


def new_run_id() -> str:
    """What tells this run's jobs from those of any other."""
    return secrets.token_hex(4)


def _read_deployed(environment: Environment, connection: "Connection") -> Snapshot:
    deployed = Deployed(connection, environment.resource_group).snapshot
    if deployed is None:
        message = f"{environment.name} is not deployed: there is no resource group {environment.resource_group}"
        raise UserError([Problem("NotDeployed", message, remedy=f"Run ./inv deploy --env {environment.name}")])
    return deployed


def _say_unprobed(snapshot: Snapshot) -> Iterator[str]:
    from orchestrator.egress.network.clusters import find_clusters
    from orchestrator.egress.probes.jobs import list_unprobed

    for cluster in find_clusters(snapshot):
        pools = list_unprobed(snapshot, cluster.id)
        if pools:
            yield f"not probed in {cluster.name}: {', '.join(pools)}"
    for resource_id, why in snapshot.unread.items():
        yield f"not known: {resource_id} {why}"


def probe_environment(
    environment: Environment, snapshot: Snapshot, knowledge: "Knowledge", runner_of: Callable[[Resource], ClusterRunner], timeout: float
) -> Verification:
    """One verification of all clusters of the environment."""
    from orchestrator.egress.network.clusters import find_clusters
    from orchestrator.egress.probes.jobs import PROBE_IMAGE
    from orchestrator.egress.verify import EgressDemands, verify

    clusters = find_clusters(snapshot)
    if not clusters:
        return Verification(environment.name, (), f"there is no cluster in {environment.resource_group}, so nothing to probe from")
    image = environment.probe_image or PROBE_IMAGE
    demands = EgressDemands(environment.must_reach, environment.must_be_blocked, environment.address_echo, environment.images, image)
    found = [
        verify(environment.name, demands, snapshot, cluster.id, runner_of(cluster), run_id=new_run_id(), probe_seconds=timeout, knowledge=knowledge)
        for cluster in clusters
    ]
    reasons = [one.could_not_run for one in found if one.could_not_run is not None]
    seconds = max((one.probe_seconds for one in found if one.probe_seconds is not None), default=None)
    return Verification(environment.name, tuple(check for one in found for check in one.checks), "; ".join(reasons) or None, seconds)
