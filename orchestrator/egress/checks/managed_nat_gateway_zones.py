"""ManagedNatGatewayZones: pools in several zones behind a managed NAT gateway that stands in one."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import pool_bodies, setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.network.reading import texts
from orchestrator.egress.plan_check import PlanCheck, Verdict, warned


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    del network
    if cluster.outbound_type != "managedNATGateway" or str(setting(cluster, "natGatewayProfile.sku")).lower() == "standardv2":
        return
    zones = sorted({zone for pool in pool_bodies(cluster) for zone in texts(pool.get("availabilityZones"))})
    if len(zones) > 1:
        yield warned(f"the pools of {cluster.name} are in the zones {', '.join(zones)}, and its NAT gateway cannot span them", cluster.id)


CHECK = PlanCheck(
    code="ManagedNatGatewayZones",
    azure_code=None,
    what="A cluster with pools in several availability zones and a managed NAT gateway of SKU Standard.",
    why="AKS makes it with a warning: the gateway stands in one zone or none, and with that zone all ways out are lost.",
    remedy="Take natGatewayProfile.sku StandardV2, which spans zones, or a NAT gateway of your own for each zone's subnet.",
    source="https://learn.microsoft.com/azure/aks/nat-gateway",
    look=_look,
)
