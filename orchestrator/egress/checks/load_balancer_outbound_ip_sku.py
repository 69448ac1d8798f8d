"""LoadBalancerProfileOutboundIPNotStandardSKU: addresses for a load balancer that are not of the SKU Standard."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import setting, value_at
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import reference_ids
from orchestrator.egress.plan_check import AZURE_CODES, PlanCheck, Verdict, refused
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    for address_id in reference_ids(setting(cluster, "loadBalancerProfile.outboundIPs.publicIPs")):
        address = network.resources.snapshot.find(address_id)
        sku = value_at(address.body, "sku.name") if address is not None else None
        if address is not None and not is_expression(sku) and str(sku or "Basic").lower() != "standard":
            yield refused(f"the load balancer of {cluster.name} is to leave by {address.name}, which is of the SKU {sku or 'Basic'}", address.id)


CHECK = PlanCheck(
    code="LoadBalancerProfileOutboundIPNotStandardSKU",
    azure_code="LoadBalancerProfileOutboundIPNotStandardSKU",
    what="A public address of another SKU than Standard among a load balancer's outboundIPs.",
    why="A Standard load balancer takes Standard addresses only.",
    remedy="Make the address with sku.name Standard.",
    source=AZURE_CODES,
    look=_look,
)
