"""Runs all checks on a plan."""

from orchestrator.egress.checks import CHECKS
from orchestrator.egress.network_view import find_clusters
from orchestrator.model.findings import Finding
from orchestrator.model.resources import Snapshot


def check_plan(snapshot: Snapshot) -> tuple[Finding, ...]:
    """Everything that Azure would refuse about the clusters of a plan, and what cannot be decided; cluster by cluster, in the order of the registry."""
    return tuple(finding for cluster in find_clusters(snapshot) for check in CHECKS for finding in check.findings(snapshot, cluster))
