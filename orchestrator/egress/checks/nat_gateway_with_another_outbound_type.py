"""NatGatewayWithAnotherOutboundType: a NAT gateway on the node subnet of a cluster that does not say so."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import last_name
from orchestrator.egress.node_subnets import node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned
from orchestrator.model.resources import is_expression

_REFUSED = "https://github.com/Azure/AKS/blob/master/CHANGELOG.md"
_WORKED = "https://github.com/Azure/AKS/issues/1653"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    kind = cluster.outbound_type
    if is_expression(kind) or kind in ("userAssignedNATGateway", "none"):
        return
    for _, subnet in node_subnets(network, cluster):
        if subnet is not None and subnet.nat_gateway_id is not None:
            text = f"the node subnet {subnet.name} has the NAT gateway {last_name(subnet.nat_gateway_id)}, and {cluster.name} the outbound type {kind}"
            yield warned(f"{text}; sources disagree: {_REFUSED} says that a new cluster is refused, {_WORKED} that it works", subnet.id)


CHECK = PlanCheck(
    code="NatGatewayWithAnotherOutboundType",
    azure_code=None,
    what="A NAT gateway on the node subnet of a cluster whose outbound type is not userAssignedNATGateway.",
    why="The changelog of AKS says that the creation is refused, users say that it works; either way the NAT gateway's addresses are what is seen.",
    remedy="Say userAssignedNATGateway, or take the NAT gateway off the subnet.",
    source="https://github.com/Azure/AKS/blob/master/CHANGELOG.md",
    look=_look,
)
