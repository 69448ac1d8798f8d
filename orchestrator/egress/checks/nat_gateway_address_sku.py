"""NatGatewayAddressSku: a NAT gateway, and public addresses of another SKU."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting, value_at
from orchestrator.egress.network.model import Cluster, NatGateway, Network
from orchestrator.egress.network.reading import last_name, reference_ids
from orchestrator.egress.node_subnets import nat_gateways
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    for gateway in nat_gateways(network, cluster):
        yield from _look_at_gateway(network, gateway)
    yield from _look_at_managed(network, cluster)


def _look_at_managed(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    """A StandardV2 gateway that AKS makes, with addresses that are given to it."""
    if str(setting(cluster, "natGatewayProfile.sku")).lower() != "standardv2" and cluster.outbound_type != "managedNATGatewayV2":
        return
    for address_id in reference_ids(setting(cluster, "natGatewayProfile.outboundIPs.publicIPs")):
        sku = _sku(network, address_id, "Basic")
        if sku is not None and sku.lower() != "standardv2":
            yield refused(f"the StandardV2 NAT gateway of {cluster.name} is to leave by {last_name(address_id)}, which is of the SKU {sku}", cluster.id)


def _look_at_gateway(network: Network, gateway: NatGateway) -> Iterator[Verdict]:
    sku = _sku(network, gateway.id, "Standard")
    for address_id in gateway.address_ids:
        other = _sku(network, address_id, "Basic" if "/publicipaddresses/" in address_id.lower() else "Standard")
        if sku is not None and other is not None and sku.lower() != other.lower():
            yield refused(f"the NAT gateway {gateway.name} is of the SKU {sku}, and its address {last_name(address_id)} of the SKU {other}", gateway.id)


def _sku(network: Network, resource_id: str, default: str) -> str | None:
    """What Azure takes where nothing is said; None for what is not among the resources, or is known only to the deployment."""
    resource = network.resources.snapshot.find(resource_id)
    name = value_at(resource.body, "sku.name") if resource is not None else None
    return None if resource is None or is_expression(name) else str(name or default)


CHECK = PlanCheck(
    code="NatGatewayAddressSku",
    azure_code=None,
    what="A NAT gateway of SKU Standard or StandardV2 with a public address or prefix of another SKU.",
    why="A Standard gateway takes Standard addresses, a StandardV2 gateway StandardV2 addresses, and neither a Basic one.",
    remedy="Give the address the SKU of the gateway.",
    source="https://learn.microsoft.com/azure/nat-gateway/nat-sku",
    look=_look,
)
