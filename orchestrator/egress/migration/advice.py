"""What a move costs, and in which order its steps come: sentences by the type that is left and the type that is gone to.

Rules: learn.microsoft.com/azure/aks/egress-outboundtype (connections, addresses, NAT gateway and route first), the changelog of AKS (released addresses, the
count of a NAT gateway), learn.microsoft.com/azure/nat-gateway/nat-overview (a route decides before a NAT gateway, and that before a load balancer).
"""

from orchestrator.model.migrations import Addresses, MigrationVerdict, WayOut

_MADE_BY_AKS = frozenset({"loadBalancer", "managedNATGateway", "managedNATGatewayV2"})
_MANAGED_NAT = frozenset({"managedNATGateway", "managedNATGatewayV2"})
_ISOLATED = frozenset({"none", "block"})

_PREPARE = {
    "userAssignedNATGateway": (
        "make the NAT gateway with its addresses, and attach it to every node (and pod) subnet: "
        "from then on new connections leave by it, unless a route leads elsewhere"
    ),
    "userDefinedRouting": (
        "make the firewall with the rules that the cluster needs, let the cluster's identity write the route table, "
        "and give the node subnet its route 0.0.0.0/0 to the firewall: packets take it from then on"
    ),
    "none": "make sure that the cluster is network-isolated, or has another way out: AKS makes none, and checks none",
    "block": "make sure that the cluster is network-isolated: security rules will stop everything to the internet",
}
_DETACH = {
    "userDefinedRouting": "take the route 0.0.0.0/0 off the node subnet: while it is there, packets still go to the firewall",
    "userAssignedNATGateway": "detach the NAT gateway from the node subnet: while it is there, it comes before a load balancer, and costs money",
}


def list_costs(before: WayOut, after: WayOut, verdict: MigrationVerdict) -> tuple[str, ...]:
    """Downtime and addresses, in sentences."""
    if verdict is MigrationVerdict.NEW_CLUSTER:
        return ("two clusters for a time, and whatever points at the old one (names, identities, volumes) has to be moved",)
    costs = ["open connections break, and the network is disrupted for a time that is not documented"]
    if before.outbound_type in _MADE_BY_AKS:
        costs.append(f"AKS releases the public addresses that it made for {before.outbound_type}; they do not come back")
    elif before.outbound_type not in _ISOLATED:
        costs.append("the addresses that are left stay yours, and cost money, until you delete them; do not use them again for another way out of a cluster")
    if before.outbound_type in _MANAGED_NAT and after.outbound_type not in _MANAGED_NAT:
        costs.append("the number of addresses in natGatewayProfile goes back to 1")
    if after.outbound_type in _ISOLATED:
        costs.append("only a network-isolated cluster works without a way out")
    return tuple(costs)


def list_steps(before: WayOut, after: WayOut, verdict: MigrationVerdict, addresses: Addresses, *, ranges: bool) -> tuple[str, ...]:
    """In order; for a move that AKS refuses none."""
    if verdict is MigrationVerdict.NEW_CLUSTER:
        return _new_cluster_steps(after)
    if verdict is MigrationVerdict.REFUSED:
        return ()
    known = bool(addresses.known) and all(one.address is not None for one in addresses.known)
    tell = "let partners allow the new addresses" + (", and put them into the authorized ranges" if ranges else "")
    prepare = _PREPARE.get(after.outbound_type)
    steps = [f"update the cluster: outboundType {after.outbound_type}"]
    if known:
        steps.insert(0, tell)
        if prepare:
            steps.insert(1, prepare)
    elif prepare and after.outbound_type not in _ISOLATED:
        steps = ["make the public addresses first, so that they are known", tell, prepare, *steps]
    elif prepare:
        steps.insert(0, prepare)
    else:
        steps.append(f"{tell}, as soon as they are known: until then what partners filter is cut off")
    if before.outbound_type in _DETACH and after.outbound_type not in _ISOLATED:
        steps.append(_DETACH[before.outbound_type])
    return (*steps, "verify the egress", "let partners drop the old addresses")


def _new_cluster_steps(after: WayOut) -> tuple[str, ...]:
    network = "a network of your own" if after.network == "own" else "no network: AKS makes it"
    prepare = _PREPARE.get(after.outbound_type)
    return (
        *((prepare,) if prepare else ()),
        f"create a cluster beside the old one, under another name, with {network} and outboundType {after.outbound_type}",
        "let partners allow its addresses",
        "verify its egress, and move the workloads",
        "delete the old cluster, and let partners drop its addresses",
    )
