"""UnsupportedOutboundType: an outbound type that does not exist, or not in this API version."""

from collections.abc import Iterator

from orchestrator.catalog.outbound_types import OUTBOUND_TYPES, covers, find_outbound_type
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided, warned
from orchestrator.model.resources import is_expression

_NAMES = tuple(row.name for row in OUTBOUND_TYPES)


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    kind, version = cluster.outbound_type, str(cluster.resource.body.get("apiVersion", ""))
    known = find_outbound_type(kind)
    if is_expression(kind):
        yield undecided(f"the outbound type of {cluster.name} is known only to the deployment", cluster.id)
    elif known is None:
        close = next((name for name in _NAMES if name.lower() == kind.lower()), None)
        hint = f"did you mean {close}?" if close is not None else f"there are: {', '.join(_NAMES)}"
        yield refused(f"{cluster.name} has the outbound type {kind!r}, which does not exist; {hint}", cluster.id)
    elif version and not covers(known.versions, version) and kind != "managedNATGatewayV2":
        text = f"{cluster.name} has the outbound type {kind}, which {known.source} ({known.date}) has"
        yield warned(f"{text}, and Microsoft's types of the API version {version} have not", cluster.id)


CHECK = PlanCheck(
    code="UnsupportedOutboundType",
    azure_code="UnsupportedOutboundType",
    what="A networkProfile.outboundType that is not among the documented ones.",
    why="Types are written exactly; some exist in some API versions only.",
    remedy="Write one of them as Azure spells it: loadBalancer, managedNATGateway, userAssignedNATGateway, userDefinedRouting or none.",
    source="https://learn.microsoft.com/azure/aks/egress-outboundtype",
    look=_look,
)
