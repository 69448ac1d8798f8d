"""RouteTableMissingDefaultRoute: userDefinedRouting with a route table that has no default route."""

from collections.abc import Iterator

from orchestrator.egress.cluster_values import value_at
from orchestrator.egress.network.model import Cluster, Network, Subnet
from orchestrator.egress.node_subnets import find_default_route, find_route_table, may_have_default_route, node_subnets
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided, warned

_BGP_NO = "https://github.com/MicrosoftDocs/azure-docs/issues/108240"
_BGP_YES = "https://github.com/Azure/AKS/blob/master/CHANGELOG.md"


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    if cluster.outbound_type != "userDefinedRouting":
        return
    for _, subnet in node_subnets(network, cluster):
        if subnet is not None and subnet.route_table_id is not None:
            yield from _look_at_subnet(network, cluster, subnet)


def _look_at_subnet(network: Network, cluster: Cluster, subnet: Subnet) -> Iterator[Verdict]:
    table = find_route_table(network, subnet)
    if table is None:
        yield undecided(f"the route table of the node subnet {subnet.name} is not in the plan, so its default route is not known", subnet.id)
    elif find_default_route(table) is not None:
        return
    elif may_have_default_route(table):
        yield undecided(f"a route of the route table {table.name} of the node subnet {subnet.name} has a prefix that only the deployment knows", table.id)
    else:
        yield _judge(network, cluster, subnet, f"the route table {table.name} of the node subnet {subnet.name} has no route for 0.0.0.0/0")


def _judge(network: Network, cluster: Cluster, subnet: Subnet, text: str) -> Verdict:
    """Private clusters with routes from BGP: the changelog says that they are enough, users were refused."""
    home = network.network_of(subnet)
    if home is not None and home.learned is not None and value_at(cluster.resource.properties, "apiServerAccessProfile.enablePrivateCluster") is True:
        claims = f"sources disagree whether one that {home.learned} brings by BGP is enough for a private cluster: {_BGP_YES} says yes, {_BGP_NO} no"
        return warned(f"{text}; {claims}", subnet.id)
    return refused(text, subnet.route_table_id or subnet.id)


CHECK = PlanCheck(
    code="RouteTableMissingDefaultRoute",
    azure_code="RouteTableMissingDefaultRoute",
    what="A cluster with outbound type userDefinedRouting whose node subnet has a route table without a route for 0.0.0.0/0.",
    why="AKS looks for the route when the cluster is created; a route that BGP or a virtual WAN would bring does not count.",
    remedy="Give the route table a route 0.0.0.0/0 whose next hop is a VirtualAppliance or a VirtualNetworkGateway.",
    source="https://learn.microsoft.com/azure/aks/egress-udr",
    look=_look,
)
