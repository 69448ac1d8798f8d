"""A traced flow: its disposition, and every way that it may take.

trace_flow(network, knowledge, flow) -> Trace
trace_endpoint(network, knowledge, cluster_id, endpoint, origin=Origin.POD, pool=None) -> tuple[Trace, ...], one for each pool
find_leaving(network, cluster_id, origin=Origin.POD) -> Leaving: every address that the internet at large may see
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.dispositions import Disposition, Ending, conclude
from orchestrator.egress.network.model import Network
from orchestrator.egress.trace.branch import Branch, Question
from orchestrator.egress.trace.flow import Flow, Origin, Start, find_destination, find_sources
from orchestrator.egress.trace.hops import Hop, Step
from orchestrator.egress.trace.names import resolve_name
from orchestrator.egress.trace.walk import walk
from orchestrator.model.flows import Endpoint


@dataclass(frozen=True, slots=True)
class Trace:
    """What becomes of a flow. `endings`: each way it may take, hop by hop; the first is the one to show."""

    flow: Flow
    disposition: Disposition
    endings: tuple[Ending, ...]

    @property
    def hops(self) -> tuple[Hop, ...]:
        """The hops of the first way."""
        return self.endings[0].hops


def trace_flow(network: Network, knowledge: Knowledge, flow: Flow) -> Trace:
    """Follow a flow to all its possible ends."""
    endings = [ending for start in flow.source.starts for ending in _trace_start(network, knowledge, flow, start)]
    return Trace(flow, conclude(endings), tuple(endings))


def trace_endpoint(
    network: Network, knowledge: Knowledge, cluster_id: str, endpoint: Endpoint, origin: Origin = Origin.POD, pool: str | None = None
) -> tuple[Trace, ...]:
    """The same endpoint from every pool of a cluster; empty where there is no such cluster or pool."""
    return tuple(trace_flow(network, knowledge, Flow(source, endpoint)) for source in find_sources(network, cluster_id, origin, pool))


def _trace_start(network: Network, knowledge: Knowledge, flow: Flow, start: Start) -> Sequence[Ending]:
    question = Question(network, knowledge, flow, find_destination(network, knowledge, flow.endpoint, to_tag=flow.to_tag))
    source = Hop(Step.SOURCE, start.subnet.id, f"{flow.source} in the subnet {start.subnet.name}")
    branch = Branch(start, (source,), reasons=(start.reason,) if start.reason is not None else ())
    if start.subnet.unknown is not None:
        return [branch.unknown(start.subnet.unknown)]
    if question.destination.host is None:
        return list(walk(question, branch, dns_agrees=False))

    def ask_server(address: str) -> Sequence[Ending]:
        return _trace_start(network, knowledge, Flow(flow.source, Endpoint("udp", address, 53)), start)

    endings: list[Ending] = []
    for resolution in resolve_name(question, branch, ask_server):
        endings += [resolution.ending] if resolution.ending is not None else walk(question, resolution.branch, dns_agrees=resolution.agrees)
    return endings
