"""NatGatewayLimits: more addresses, or another idle timeout, than a NAT gateway takes."""

from collections.abc import Iterator

from orchestrator.egress.capacity.public_addresses import count_public_addresses
from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, NatGateway, Network
from orchestrator.egress.node_subnets import nat_gateways
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused

_MOST_ADDRESSES = 16
_LEAST_MINUTES, _MOST_MINUTES = 4, 120


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    for gateway in nat_gateways(network, cluster):
        yield from _look_at_gateway(network, gateway)


def _look_at_gateway(network: Network, gateway: NatGateway) -> Iterator[Verdict]:
    count = count_public_addresses(network, gateway.address_ids)
    if count is not None and count > _MOST_ADDRESSES:
        yield refused(f"the NAT gateway {gateway.name} has {count} addresses", gateway.id)
    resource = network.resources.snapshot.find(gateway.id)
    minutes = value_at(resource.properties, "idleTimeoutInMinutes") if resource is not None else None
    if isinstance(minutes, int) and not _LEAST_MINUTES <= minutes <= _MOST_MINUTES:
        yield refused(f"the idle timeout of the NAT gateway {gateway.name} is {minutes} minutes", gateway.id)


CHECK = PlanCheck(
    code="NatGatewayLimits",
    azure_code=None,
    what="A NAT gateway on the node subnet with more than 16 addresses, or an idle timeout of less than 4 or more than 120 minutes.",
    why="A NAT gateway takes at most 16 IPv4 addresses (a prefix of /28), and keeps idle TCP flows from 4 to 120 minutes.",
    remedy="Take at most 16 addresses, and a timeout from 4 to 120 minutes.",
    source="https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource",
    look=_look,
)
