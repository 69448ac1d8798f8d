"""A predicted flow beside the packet's own time: one whole `curl` process, run in a pod of the lab's udr cluster, to an HTTPS endpoint that is allowed."""

import os
import statistics
import time
from pathlib import Path

from benchmarks.egress import quiet_collector, seconds_of
from orchestrator.clients.connection import connect
from orchestrator.clients.resources import read_resources
from orchestrator.egress.addresses.knowledge import lab_knowledge
from orchestrator.egress.network.build import build_network
from orchestrator.egress.probes.jobs import Place, make_job
from orchestrator.egress.trace.flow import Flow, Origin, find_sources
from orchestrator.egress.trace.trace import trace_flow
from orchestrator.lab.lifecycle import ensure_started
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import make_snapshot
from orchestrator.workflows.cluster_runner import ClusterRunner

GROUP = "rg-aks-udr"
ENDPOINT = Endpoint("https", "mcr.microsoft.com", 443)
_SECONDS = 120.0
_SCRIPT = """exec bash -c 'for n in $(seq {runs}); do from=$EPOCHREALTIME; curl --silent --output /dev/null --max-time 20 {url} || exit 1; to=$EPOCHREALTIME;
echo "took $(( ${{to/./}} - ${{from/./}} ))"; done'"""


def measure_flow(runs: int) -> tuple[float, float, str]:
    """(a predicted flow, model built; a curl process in the pod; the model's build time beside them), medians of `runs`."""
    connection = connect(ensure_started(Path(os.environ["AKS_LAB_DIR"])), {})
    try:
        snapshot = make_snapshot(read_resources(connection, GROUP))
        network, knowledge = build_network(snapshot), lab_knowledge()
        [cluster_id] = network.clusters
        flow = Flow(find_sources(network, cluster_id, Origin.POD)[0], ENDPOINT)
        if not trace_flow(network, knowledge, flow).disposition.allowed:
            raise SystemExit(f"{ENDPOINT} is not predicted as allowed")
        with quiet_collector():
            predicted = statistics.median(seconds_of(lambda: trace_flow(network, knowledge, flow), time.perf_counter) for _ in range(runs))
            built = statistics.median(seconds_of(lambda: build_network(snapshot), time.perf_counter) for _ in range(runs))
        job = make_job(Place(None, "pod"), _SCRIPT.format(runs=max(runs, 3), url=ENDPOINT), run_id="bench", seconds=_SECONDS)
        [result] = ClusterRunner(connection, cluster_id).run([job], timeout=_SECONDS)
    finally:
        connection.close()
    took = [int(line.split()[1]) / 1e6 for line in result.output.splitlines() if line.startswith("took ")]
    if result.problem is not None or len(took) < runs:
        raise SystemExit(f"curl did not run in the pod: {result.problem} {result.output[-500:]}")
    return predicted, statistics.median(took), f"the model is built in {built * 1000:.1f} ms"
