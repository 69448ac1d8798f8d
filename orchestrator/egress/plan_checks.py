"""Runs all checks on a plan."""

from orchestrator.egress.checks import CHECKS
from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.model import Network
from orchestrator.model.findings import Finding
from orchestrator.model.resources import Snapshot


def check_plan(snapshot: Snapshot, *, network: Network | None = None) -> tuple[Finding, ...]:
    """Everything that Azure would refuse about the clusters of a plan, and what cannot be decided; cluster by cluster, in the order of the registry.

    network: the model, where it is built already.
    """
    model = network or build_network(snapshot)
    return tuple(finding for cluster in model.clusters.values() for check in CHECKS for finding in check.findings(model, cluster))
