"""InvalidLoadBalancerProfileAllocatedOutboundPorts: more SNAT ports for the nodes than the load balancer's addresses have."""

from collections.abc import Iterator

from orchestrator.egress.capacity.load_balancer import BALANCER_PORTS, SOURCE, allocated_ports, count_addresses
from orchestrator.egress.capacity.nodes import count_nodes
from orchestrator.egress.cluster_values import setting
from orchestrator.egress.network.model import Cluster, Network
from orchestrator.egress.plan_check import PlanCheck, Verdict, refused, undecided
from orchestrator.model.resources import is_expression


def _look(network: Network, cluster: Cluster) -> Iterator[Verdict]:
    ports = allocated_ports(cluster)
    if cluster.outbound_type != "loadBalancer":
        return
    if is_expression(setting(cluster, "loadBalancerProfile.allocatedOutboundPorts")):
        yield undecided(f"allocatedOutboundPorts of {cluster.name} is known only to the deployment", cluster.id)
    if ports is None:
        return
    if ports % 8 or not 0 < ports <= BALANCER_PORTS:
        yield refused(f"allocatedOutboundPorts of {cluster.name} is {ports}, which is no multiple of 8 from 0 to {BALANCER_PORTS}", cluster.id)
    nodes, addresses = count_nodes(cluster.pools), count_addresses(network, cluster)
    needed, there = nodes * ports, addresses * BALANCER_PORTS
    if addresses and needed > there:
        text = f"Total node count {nodes} requires {needed} ports but only {there} ports are available given {addresses} outbound public IPs"
        yield refused(text, cluster.id)


CHECK = PlanCheck(
    code="InvalidLoadBalancerProfileAllocatedOutboundPorts",
    azure_code="InvalidLoadBalancerProfileAllocatedOutboundPorts",
    what="allocatedOutboundPorts that is no multiple of 8, or that does not fit the addresses at the most nodes, surge included.",
    why="Explicit ports are given to every node in advance: ports x nodes must not exceed 64,000 x addresses.",
    remedy="Lower allocatedOutboundPorts (a multiple of 8, or 0 for automatic ports), or add outbound addresses; maximum counts and surge count.",
    source=SOURCE,
    look=_look,
)
