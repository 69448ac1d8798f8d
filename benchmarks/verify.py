"""A whole verification of 60 endpoints beside the time that its one silent drop is bounded by: what else there is to probe waits for none of it.

In the lab's udr cluster: each probe passes the firewall, from pods and from nodes at once. The probes' own clock is taken, from the first to the last result.
"""

import os
import statistics
from pathlib import Path

from orchestrator.clients.connection import connect
from orchestrator.clients.resources import read_resources
from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.network.clusters import find_clusters
from orchestrator.egress.verify import EgressDemands, verify
from orchestrator.lab.lifecycle import ensure_started
from orchestrator.model.flows import CheckStatus, Endpoint, Expectation, Outcome
from orchestrator.model.resources import make_snapshot
from orchestrator.workflows.cluster_runner import ClusterRunner

GROUP = "rg-aks-udr"
BOUND = 5.0
"""Seconds after which a probe gives up."""

_REACHED = [Endpoint("https", f"h{number}.data.mcr.microsoft.com", 443) for number in range(59)]
_SILENT = Expectation(Endpoint("tcp", "example.com", 5432), Outcome.SILENT_DROP)
_ECHO = [Endpoint("https", "api.ipify.org", 443), Endpoint("http", "ifconfig.me", 80)]


def measure_verify(runs: int) -> tuple[float, float, str]:
    """(from the first probe to the last result, the bound, what was probed); the median of at most three runs."""
    connection = connect(ensure_started(Path(os.environ["AKS_LAB_DIR"])), {})
    took = []
    try:
        snapshot = make_snapshot(read_resources(connection, GROUP))
        [cluster] = find_clusters(snapshot)
        runner = ClusterRunner(connection, cluster.id)
        demands = EgressDemands(_REACHED, [_SILENT], _ECHO)
        for number in range(min(runs, 3)):
            found = verify("bench", demands, snapshot, cluster.id, runner, run_id=f"bench{number}", probe_seconds=BOUND, knowledge=lab_knowledge())
            if found.status is not CheckStatus.PASSED or found.probe_seconds is None:
                raise SystemExit(f"the verification of udr does not pass: {[check for check in found.checks if check.status is not CheckStatus.PASSED]}")
            took.append(found.probe_seconds)
    finally:
        connection.close()
    return statistics.median(took), BOUND, f"60 endpoints, image and echoes from 2 places; each run: {', '.join(f'{one:.2f} s' for one in took)}"
