"""What unmet requirements mean: a boot row that is denied stops a deployment, the rest warns; what is not known is said."""

from collections.abc import Iterator, Sequence

from orchestrator.egress.network.model import Network
from orchestrator.egress.preflight.requirements import Requirement, Standing
from orchestrator.egress.trace.nearest_rule import find_nearest
from orchestrator.model.findings import Finding, Severity

_CODES = {
    ("boot", Standing.DENIED): ("BootEndpointDenied", Severity.ERROR),
    ("boot", Standing.UNKNOWN): ("BootEndpointUnknown", Severity.UNKNOWN),
    ("boot-if-not-cached", Standing.DENIED): ("BootEndpointDeniedUnlessCached", Severity.WARNING),
    ("boot-if-not-cached", Standing.UNKNOWN): ("EndpointUnknown", Severity.WARNING),
    ("run", Standing.DENIED): ("EndpointDenied", Severity.WARNING),
    ("run", Standing.UNKNOWN): ("EndpointUnknown", Severity.WARNING),
    ("optional", Standing.DENIED): ("OptionalEndpointDenied", Severity.WARNING),
}


def requirement_findings(network: Network, requirements: Sequence[Requirement]) -> Iterator[Finding]:
    """One finding for each endpoint and cluster that is not met, its pools together."""
    told: set[tuple[str, str, str, int, Standing]] = set()
    for requirement in requirements:
        row = requirement.row
        found = _CODES.get((row.phase, requirement.standing))
        key = (requirement.cluster.id, row.host, row.protocol, row.port, requirement.standing)
        if found is None or key in told:
            continue
        told.add(key)
        code, severity = found
        if not requirement.certain and severity is Severity.ERROR:
            severity = Severity.UNKNOWN
        yield Finding(code, severity, _message(requirement), requirement.cluster.id, _remedy(network, requirement), row.source)


def _message(requirement: Requirement) -> str:
    row, trace = requirement.row, requirement.trace
    needed = f"{requirement.cluster.name} needs {row.protocol}://{row.host}:{row.port} ({row.why})"
    verb = "which is" if requirement.standing is Standing.DENIED else "of which it is not known whether it is reached:"
    code = requirement.exit_code
    end = f"; its nodes would not boot, with exit code {code.code} {code.name}: {code.what}" if code is not None and row.phase == "boot" else ""
    if code is not None and row.phase == "boot-if-not-cached":
        end = f"; unless the nodes' image has it already, they do not boot, with exit code {code.code} {code.name}"
    return f"{needed}, {verb} {trace.disposition} from the {trace.flow.source}{end}"


def _remedy(network: Network, requirement: Requirement) -> str:
    nearest = find_nearest(network, requirement.trace)
    if nearest is not None:  # a sample of a wildcard was traced; the rule needs the wildcard
        return nearest.change.replace(requirement.row.probed_host, requirement.row.host)
    return f"Open the way to {requirement.row.host} on {requirement.row.protocol} {requirement.row.port}, or name what is missing."
