"""A cluster that exists gets another way out: every kind of verdict, addresses, ranges, steps."""

import json

import pytest

from orchestrator.egress.migration import find_migrations, plan_migration, planned_state
from orchestrator.model.migrations import MigrationVerdict, OutAddress
from orchestrator.model.resources import make_snapshot

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"
NETWORK_ID = f"{GROUP}/providers/Microsoft.Network"
MADE = {
    "loadBalancer": {"loadBalancerProfile": {"managedOutboundIPs": {"count": 1}}},
    "managedNATGateway": {"natGatewayProfile": {"sku": "Standard", "managedOutboundIPProfile": {"count": 2}}},
}


def rename(body, name):
    body["id"] = body["id"].rsplit("/", 1)[0] + f"/{name}"
    body["name"] = name


def change(plan, outbound_type, *, version="2026-08-01", **profile):
    """The cluster of a plan asks for another type; what AKS computed is not in a plan."""
    cluster = plan.find("cluster")
    cluster["apiVersion"] = version
    cluster["properties"].pop("nodeResourceGroup", None)
    cluster["properties"]["networkProfile"] = {"outboundType": outbound_type, **MADE.get(outbound_type, {}), **profile}
    return plan


def move(before, after):
    rename(after.find("cluster"), before.find("cluster")["name"])
    old = before.snapshot()
    (found,) = find_migrations(old, planned_state(old, after.bodies))
    return found


def test_a_managed_nat_gateway_from_a_load_balancer(plan, deployed):
    found = move(deployed("lb"), plan("managed-natgw"))
    assert found.verdict is MigrationVerdict.SUPPORTED
    assert [one.address for one in found.addresses_before.known] == ["20.100.0.1"]
    assert found.addresses_after.known == (OutAddress(None, found.cluster_id),)
    assert str(found.partners_add[0]) == f"not known before creation: {found.cluster_id}"
    assert found.addresses_after.unknown == "AKS makes the 2 addresses of outbound type managedNATGateway itself"
    assert found.costs[1] == "AKS releases the public addresses that it made for loadBalancer; they do not come back"
    assert [step.partition(":")[0] for step in found.steps][:1] == ["update the cluster"]


def test_own_network_from_managed_needs_a_new_cluster(plan, deployed):
    found = move(deployed("lb"), plan("user-natgw"))
    assert found.verdict is MigrationVerdict.NEW_CLUSTER
    assert (found.before.network, found.after.network) == ("managed", "own")
    assert [claim.source for claim in found.claims] == ["https://learn.microsoft.com/azure/aks/egress-outboundtype", "https://github.com/Azure/AKS/issues/695"]
    assert str(found.partners_add[0]).endswith("/publicIPAddresses/myNatGatewayPip")
    assert found.steps[1].startswith("create a cluster beside the old one")
    assert move(deployed("udr"), plan("lb")).verdict is MigrationVerdict.NEW_CLUSTER


def _firewall_on(plan, other):
    """The plan udr, in the network that another plan's cluster is in."""
    moved = plan("udr")
    own = other.find("cluster")["properties"]["agentPoolProfiles"][0]["vnetSubnetID"].split("/")
    text = json.dumps(moved.bodies)
    for old, new in (("virtualNetworks/aks-vnet", f"virtualNetworks/{own[-3]}"), ("subnets/aks-subnet", f"subnets/{own[-1]}")):
        text = text.replace(old, new)
    moved.bodies = json.loads(text.replace('"aks-vnet"', f'"{own[-3]}"').replace('"aks-subnet"', f'"{own[-1]}"'))
    return moved


def test_a_route_from_a_nat_gateway(plan, deployed):
    found = move(deployed("user-natgw"), _firewall_on(plan, plan("user-natgw")))
    assert found.verdict is MigrationVerdict.SUPPORTED
    assert [str(one) for one in found.partners_remove] == ["20.100.0.4"]
    assert [str(one) for one in found.partners_add] == [f"not known before creation: {NETWORK_ID}/publicIPAddresses/firewall-publicip"]
    assert found.authorized_ranges == (), "the plan's own range is made of the same address"
    assert [step.split(" ")[0] for step in found.steps] == ["make", "let", "make", "update", "detach", "verify", "let"]
    assert "0.0.0.0/0" in found.steps[2]


def test_an_address_that_is_there_already_is_known(plan, deployed):
    before = deployed("user-natgw")
    before.bodies += [body for body in deployed("udr").bodies if body["name"] == "firewall-publicip"]
    found = move(before, _firewall_on(plan, plan("user-natgw")))
    assert [str(one) for one in found.partners_add] == ["20.100.0.5"]
    assert found.steps[0] == "let partners allow the new addresses"


def test_back_to_a_load_balancer_the_route_goes_last(plan, deployed):
    before = deployed("udr")
    after = change(deployed("udr"), "loadBalancer")
    after.subnet["routeTable"] = None
    found = move(before, after)
    assert (found.verdict, found.after.outbound_type) == (MigrationVerdict.SUPPORTED, "loadBalancer")
    assert found.steps[-3].startswith("take the route 0.0.0.0/0 off the node subnet")
    assert found.addresses_after.known == (OutAddress(None, found.cluster_id),)


def test_addresses_of_a_load_balancer_that_were_given(plan, deployed):
    before = deployed("udr")
    given = before.add(GROUP, "publicIPAddresses", "mine", {"ipAddress": "20.100.0.9"})
    after = change(deployed("udr"), "loadBalancer", loadBalancerProfile={"outboundIPs": {"publicIPs": [{"id": given}]}})
    after.subnet["routeTable"] = None
    assert move(before, after).addresses_after.known == (OutAddress("20.100.0.9", given),)


TYPES = {
    "managed": ("loadBalancer", "managedNATGatewayV2", "managedNATGateway", "none", "block"),
    "own": ("loadBalancer", "userAssignedNATGateway", "userDefinedRouting", "none", "block"),
}
PAGE = {
    "managed": {"loadBalancer": "-yyyy", "managedNATGatewayV2": "n-n??", "managedNATGateway": "?y-yy", "none": "yyy-y", "block": "yyyy-"},
    "own": {"loadBalancer": "-yyyn", "userAssignedNATGateway": "y-yyn", "userDefinedRouting": "yy-yn", "none": "yyy-n"},
}
WORDS = {"y": MigrationVerdict.SUPPORTED, "n": MigrationVerdict.REFUSED, "?": MigrationVerdict.DISPUTED}


def isolated(plan, outbound_type):
    sku = {"natGatewayProfile": {"sku": "StandardV2"}} if outbound_type == "managedNATGatewayV2" else {}
    change(plan, "managedNATGateway" if sku else outbound_type, **sku)
    plan.find("cluster")["properties"]["bootstrapProfile"] = {"artifactSource": "Cache"}
    return plan


@pytest.mark.parametrize(("network", "before"), [(network, before) for network, rows in PAGE.items() for before in rows])
def test_every_cell_of_the_tables(network, before, deployed):
    basis = "lb" if network == "managed" else "udr"
    for after, cell in zip(TYPES[network], PAGE[network][before], strict=True):
        if cell == "-":
            continue
        found = move(isolated(deployed(basis), before), isolated(deployed(basis), after))
        assert (found.before.outbound_type, found.after.outbound_type, found.verdict) == (before, after, WORDS[cell])
        assert found.costs
        assert bool(found.steps) is (cell != "n")
        assert len(found.claims) == (2 if cell == "?" else 1)
        assert all(claim.source.startswith("https://") and claim.date >= "2025" for claim in found.claims)


def test_a_contested_move_says_so_with_both_sources(deployed):
    found = move(deployed("managed-natgw"), change(deployed("managed-natgw"), "loadBalancer"))
    assert found.verdict is MigrationVerdict.DISPUTED
    assert [claim.says for claim in found.claims] == ["not possible (the page's table)", "possible (a section of the same page tells how, with the CLI)"]
    assert found.reasons == ("sources disagree, so try it on a cluster that may break",)
    assert "the number of addresses in natGatewayProfile goes back to 1" in found.costs


@pytest.mark.parametrize(
    ("outbound_type", "network", "claim"),
    [
        ("managedNATGateway", "udr", "not possible (the page has managedNATGateway only for a network that AKS makes)"),
        ("block", "udr", "not possible (the page's table)"),
    ],
)
def test_a_refused_move_has_no_steps(outbound_type, network, claim, deployed):
    after = change(deployed(network), outbound_type)
    after.find("cluster")["properties"]["bootstrapProfile"] = {"artifactSource": "Cache"}
    found = move(deployed(network), after)
    assert (found.verdict, [one.says for one in found.claims], found.steps) == (MigrationVerdict.REFUSED, [claim], ())


@pytest.mark.parametrize("automatic", [{"sku": {"name": "Automatic", "tier": "Standard"}}, {"properties": {"nodeProvisioningProfile": {"mode": "Auto"}}}])
def test_automatic_nodes_freeze_the_type(automatic, plan, deployed):
    before = deployed("lb")
    cluster = before.find("cluster")
    cluster["sku"] = automatic.get("sku", cluster["sku"])
    cluster["properties"] |= automatic.get("properties", {})
    found = move(before, plan("managed-natgw"))
    assert found.verdict is MigrationVerdict.REFUSED
    assert found.claims[0].says.startswith("Cannot change .properties.networkProfile.outboundType while")
    assert found.claims[0].source.endswith("/issues/4694")


def test_none_is_for_isolated_clusters(deployed):
    found = move(deployed("lb"), change(deployed("lb"), "none"))
    assert (found.verdict, found.claims[0].says.partition(":")[0]) == (MigrationVerdict.REFUSED, "InvalidNetworkIsolatedClusterConfiguration")
    isolated = change(deployed("lb"), "none")
    isolated.find("cluster")["properties"]["bootstrapProfile"] = {"artifactSource": "Cache"}
    assert move(deployed("lb"), isolated).verdict is MigrationVerdict.SUPPORTED


def test_a_pool_keeps_its_subnet(deployed):
    after = deployed("udr")
    pool = after.find("cluster")["properties"]["agentPoolProfiles"][0]
    pool["vnetSubnetID"] = pool["vnetSubnetID"].replace("aks-subnet", "other")
    found = move(deployed("udr"), after)
    assert (found.verdict, found.reasons) == (
        MigrationVerdict.REFUSED,
        ("the pool nodepool1 would be in another subnet; make a new pool there, and delete the old one",),
    )
    pool["vnetSubnetID"] = pool["vnetSubnetID"].replace("aks-vnet", "other-vnet")
    assert move(deployed("udr"), after).verdict is MigrationVerdict.NEW_CLUSTER


def test_a_zone_redundant_gateway_by_either_spelling(deployed):
    by_sku = change(deployed("lb"), "managedNATGateway", natGatewayProfile={"sku": "StandardV2"})
    by_type = change(deployed("lb"), "managedNATGatewayV2", version="2026-03-02-preview")
    assert {move(deployed("lb"), one).after.outbound_type for one in (by_sku, by_type)} == {"managedNATGatewayV2"}
    doubt = move(deployed("lb"), change(deployed("lb"), "managedNATGatewayV2")).reasons
    assert doubt[0].startswith("how API version 2026-08-01 spells a StandardV2 managed NAT gateway: ")
    assert move(deployed("lb"), change(deployed("lb"), "managedNATGateway", natGatewayProfile={})).reasons[0].startswith("natGatewayProfile.sku is not stated")


@pytest.mark.parametrize(
    ("ranges", "advice"),
    [
        ([], ()),
        (["20.0.0.0/8"], ()),
        (["20.100.0.4/32"], ("add 20.100.0.5/32 before the move, or the nodes lose the API server", "drop 20.100.0.4/32 once the move is done")),
        (["0.0.0.0/32", "20.100.0.5/32"], ("0.0.0.0/32 stands for the load balancer's address only, which is left",)),
    ],
)
def test_authorized_ranges(ranges, advice, plan, deployed):
    before = deployed("user-natgw")
    before.bodies += [body for body in deployed("udr").bodies if body["name"] == "firewall-publicip"]
    after = _firewall_on(plan, plan("user-natgw"))
    after.find("cluster")["properties"]["apiServerAccessProfile"] = {"authorizedIPRanges": ranges}
    assert move(before, after).authorized_ranges == advice
    after.find("cluster")["properties"]["apiServerAccessProfile"]["enablePrivateCluster"] = True
    assert move(before, after).authorized_ranges == ()


def test_ranges_of_addresses_that_aks_makes(plan, deployed):
    after = plan("managed-natgw")
    after.find("cluster")["properties"]["apiServerAccessProfile"] = {"authorizedIPRanges": ["9.9.9.9/32"]}
    (advice,) = move(deployed("lb"), after).authorized_ranges
    assert advice.endswith("deploy without ranges first, then with it; or bring an address of your own")
    back = change(deployed("managed-natgw"), "loadBalancer")
    back.find("cluster")["properties"]["apiServerAccessProfile"] = {"authorizedIPRanges": ["9.9.9.9/32"]}
    assert move(deployed("managed-natgw"), back).authorized_ranges == ("AKS adds the load balancer's own addresses by itself",)


def test_what_does_not_move_is_not_told(plan, deployed):
    before = deployed("udr").snapshot()
    assert find_migrations(before, planned_state(before, plan("udr").bodies)) == ()
    assert find_migrations(make_snapshot([]), plan("udr").snapshot()) == ()
    with pytest.raises(ValueError, match="not in both snapshots"):
        plan_migration(make_snapshot([]), plan("udr").snapshot(), plan("udr").cluster_id)
