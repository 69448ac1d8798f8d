"""The required endpoints of a cluster's features, each predicted from where it is needed: the nodes while they boot, the pods of the add-ons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from orchestrator.catalog.cse_exit_codes import CseExitCode, find_exit_code
from orchestrator.catalog.endpoints import RequiredEndpoint, cloud_of, required_endpoints
from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.dispositions import Kind
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.preflight.features import custom_dns_servers, find_features
from orchestrator.egress.trace.flow import Flow, Origin, Source, find_sources
from orchestrator.egress.trace.trace import Trace, trace_flow
from orchestrator.model.flows import Endpoint
from orchestrator.model.resources import is_expression

_NODE_FEATURES = frozenset({"base", "os-updates", "gpu", "windows", "custom-dns", "legacy-tunnel", "legacy-ntp"})
_NO_OUTBOUND_CHECK = frozenset({"none", "block"})
_API_SERVER = "*.hcp."


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
    features = find_features(network, cluster)
    for row in required_endpoints(cloud_of(cluster.location)):
        if row.feature not in features or _is_needless(row, features):
            continue
        origin = Origin.NODE if row.feature in _NODE_FEATURES else Origin.POD
        for filled in _fill(network, cluster, row):
            endpoint = Endpoint(filled.protocol, filled.probed_host, filled.port)
            for source in sources[origin]:
                trace = trace_flow(network, knowledge, Flow(source, endpoint, filled.kind == "service-tag"))
                yield Requirement(cluster, filled, trace, features[row.feature])


def _different(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """One source for each subnet: pools in one subnet have one way."""
    by_place = {(tuple(start.subnet.id.lower() for start in source.starts), source.pool.own_addresses): source for source in reversed(sources)}
    return tuple(reversed(by_place.values()))


def _is_needless(row: RequiredEndpoint, features: dict[str, bool]) -> bool:
    """A private or vnet-integrated API server is not reached by its public name."""
    return row.host.startswith(_API_SERVER) and (features.get("private", False) or features.get("vnet-integration", False))


def _fill(network: Network, cluster: Cluster, row: RequiredEndpoint) -> Iterator[RequiredEndpoint]:
    here = row.at(cluster.location)
    if row.feature == "custom-dns":
        for server in custom_dns_servers(network, cluster):
            if not is_expression(server):
                yield replace(here, host=server)
    elif row.exit_code == 50 and cluster.outbound_type in _NO_OUTBOUND_CHECK:
        yield replace(here, phase="run", exit_code=None)
    elif "{" not in here.host:
        yield here
