"""NATGatewayNotAssociatedWithPublicIPOrIPPrefix: the NAT gateway of the node subnet has nothing to leave from."""

from collections.abc import Iterator

from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.node_subnets import node_subnets, pod_subnets
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused, undecided


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userAssignedNATGateway":
        return
    subnets = (subnet for _, subnet in (*node_subnets(network, cluster), *pod_subnets(network, cluster)) if subnet is not None)
    for gateway_id in dict.fromkeys(subnet.nat_gateway_id for subnet in subnets if subnet.nat_gateway_id is not None):
        gateway = network.nat_gateways.get(gateway_id.lower())
        if gateway is None:
            yield undecided(f"the NAT gateway {gateway_id} is not in the plan, so its addresses are not known", gateway_id)
        elif gateway.unknown is not None:
            yield undecided(gateway.unknown, gateway.id)
        elif not gateway.address_ids:
            yield refused(f"the NAT gateway {gateway.name} has neither a public address nor a prefix", gateway.id)


CHECK = PlanCheck(
    code="NATGatewayNotAssociatedWithPublicIPOrIPPrefix",
    azure_code="NATGatewayNotAssociatedWithPublicIPOrIPPrefix",
    what="A NAT gateway without a public address or prefix on the subnet of a cluster with outbound type userAssignedNATGateway.",
    why="Nothing would leave by it, so AKS refuses the cluster.",
    remedy="Give the NAT gateway a public address or a prefix of the same SKU.",
    source=AZURE_CODES,
    look=_look,
)
