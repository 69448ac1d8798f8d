"""The preflight of a snapshot: refusals, required endpoints, lint, addresses, ports; one value that every report renders."""

from dataclasses import dataclass

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.capacity.snat import SnatCapacity, check_snat, find_sharing, measure_snat
from orchestrator.egress.dispositions import Leaving
from orchestrator.egress.lint.registry import lint_firewalls
from orchestrator.egress.logic.truth import Assumption
from orchestrator.egress.network.build import build_network
from orchestrator.egress.network.model import Network
from orchestrator.egress.plan_checks import check_plan
from orchestrator.egress.preflight.address_plan import check_addresses
from orchestrator.egress.preflight.placement import check_placement
from orchestrator.egress.preflight.requirement_findings import requirement_findings
from orchestrator.egress.preflight.requirements import Requirement, Standing, predict_requirements
from orchestrator.egress.preflight.way_out_findings import check_ways_out
from orchestrator.egress.trace.leaving import find_ways, join_leaving
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.resources import Snapshot


@dataclass(frozen=True, slots=True)
class Preflight:
    """What was found. `leaving`: cluster id -> the addresses that its pods will be seen with; `assumptions`: those that requirements rest on, each once."""

    findings: tuple[Finding, ...]
    requirements: tuple[Requirement, ...]
    capacities: tuple[SnatCapacity, ...]
    leaving: dict[str, Leaving]
    assumptions: tuple[Assumption, ...]

    @property
    def refused(self) -> bool:
        """True where something stops a deployment for certain."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def undecided(self) -> bool:
        """True where a row that nodes boot by, or a refusal, is not known."""
        return any(finding.severity is Severity.UNKNOWN for finding in self.findings)

    def count(self, standing: Standing) -> int:
        """How many requirements stand so."""
        return sum(requirement.standing is standing for requirement in self.requirements)


def preflight(snapshot: Snapshot, knowledge: Knowledge, *, network: Network | None = None, demand: int | None = None) -> Preflight:
    """Look at everything. `network`: the model, where it is built already; `demand`: connections a node that the environment states."""
    model = network or build_network(snapshot)
    clusters = tuple(model.clusters.values())
    sharing = find_sharing(model)
    requirements = tuple(requirement for cluster in clusters for requirement in predict_requirements(model, knowledge, cluster))
    findings = [
        *check_plan(snapshot, network=model),
        *requirement_findings(model, requirements),
        *(finding for cluster in clusters for finding in check_ways_out(model, cluster)),
        *lint_firewalls(model, knowledge),
        *check_addresses(model),
        *check_placement(model),
        *(finding for cluster in clusters for finding in check_snat(model, cluster, demand, sharing)),
    ]
    return Preflight(
        tuple(dict.fromkeys(findings)),
        requirements,
        tuple(capacity for cluster in clusters for capacity in measure_snat(model, cluster, demand, sharing)),
        {cluster.id: join_leaving(find_ways(model, cluster)) for cluster in clusters},
        tuple(sorted(frozenset(assumption for requirement in requirements for assumption in requirement.trace.disposition.assumptions))),
    )
