"""The required endpoints of a cluster's features, each predicted from where it is needed: the nodes while they boot, the pods of the add-ons."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.catalog.cse_exit_codes import CseExitCode, find_exit_code
from orchestrator.catalog.endpoints import RequiredEndpoint
from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.preflight.required_rows import required_rows
from orchestrator.egress.trace.flow import Flow, Origin, Source, find_sources
from orchestrator.egress.trace.trace import Trace, trace_flow
from orchestrator.model.flows import Endpoint

_NODE_FEATURES = frozenset({"base", "os-updates", "gpu", "windows", "custom-dns", "isolated", "vnet-integration", "legacy-tunnel", "legacy-ntp"})


class Standing(StrEnum):
    """Whether a required endpoint will be reached."""

    MET = "met"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of the catalog for one pool. `certain`: the cluster surely has the feature; `exit_code`: what its absence ends a node's start script with."""

    cluster: Cluster
    row: RequiredEndpoint
    trace: Trace
    certain: bool

    @property
    def standing(self) -> Standing:
        """Met, denied, or not known."""
        allowed = self.trace.disposition.allowed
        return Standing.UNKNOWN if allowed is None else Standing.MET if allowed else Standing.DENIED

    @property
    def exit_code(self) -> CseExitCode | None:
        """What a node's start script would end with; a name that is not resolved has a code of its own."""
        if self.row.exit_code == 51 and self.trace.disposition.kind is Kind.DNS_FAILURE:
            return find_exit_code(52)
        return find_exit_code(self.row.exit_code)


def predict_requirements(network: Network, knowledge: Knowledge, cluster: Cluster) -> tuple[Requirement, ...]:
    """Every required endpoint of the cluster's features, from every pool that differs in its network."""
    return tuple(_predict(network, knowledge, cluster))


def _predict(network: Network, knowledge: Knowledge, cluster: Cluster) -> Iterator[Requirement]:
    sources = {origin: _different(find_sources(network, cluster.id, origin)) for origin in Origin}
    for row, certain in required_rows(network, cluster):
        origin = Origin.NODE if row.feature in _NODE_FEATURES else Origin.POD
        endpoint = Endpoint(row.protocol, row.probed_host, row.port)
        for source in sources[origin]:
            trace = trace_flow(network, knowledge, Flow(source, endpoint, row.kind == "service-tag"))
            yield Requirement(cluster, row, trace, certain)


def _different(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """One source for each subnet: pools in one subnet have one way."""
    by_place = {(tuple(start.subnet.id.lower() for start in source.starts), source.pool.own_addresses): source for source in reversed(sources)}
    return tuple(reversed(by_place.values()))
