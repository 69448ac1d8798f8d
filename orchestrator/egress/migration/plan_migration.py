"""One cluster's move from what is deployed to what is planned: the verdict of the documents, and everything that follows from it.

Theory of operation: what no update can do comes first (pools do not change their network), then what AKS refuses whatever the types are (node
auto-provisioning), then the documented tables. Where sources disagree the verdict says so, and names both.
"""

from orchestrator.catalog.outbound_types import (
    OUTBOUND_TYPES_PAGE,
    PAGE_DATE,
    V2_AS_SKU,
    V2_SPELLINGS,
    covers,
    documented_moves,
    find_outbound_type,
)
from orchestrator.egress.migration.addresses import advise_authorized_ranges, find_addresses
from orchestrator.egress.migration.advice import list_costs, list_steps
from orchestrator.egress.migration.ways import CLUSTER, is_isolated, moved_pools, nat_gateway_sku, read_subnets, read_way, why_frozen
from orchestrator.model.migrations import Claim, Migration, MigrationVerdict, WayOut
from orchestrator.model.resources import Resource, Snapshot, is_expression

_NEWEST = "9999-99-99"
_ISOLATED = frozenset({"none", "block"})
_FROZEN = Claim(
    "Cannot change .properties.networkProfile.outboundType while .properties.nodeProvisioningProfile.mode is Auto",
    "https://github.com/Azure/AKS/issues/4694",
    "2025-03-20",
)
_NOT_ISOLATED = Claim(
    "InvalidNetworkIsolatedClusterConfiguration: with none or block bootstrapProfile.artifactSource must be Cache",
    "https://github.com/hashicorp/terraform-provider-azurerm/pull/29808",
    "2025-07-02",
)
_NO_WAY_ACROSS = Claim("the page's tables know no move between a network that AKS makes and one of your own", OUTBOUND_TYPES_PAGE, PAGE_DATE)
_FIXED_SUBNET = Claim("PropertyChangeNotAllowed: agentPoolProfile.vnetSubnetID cannot be changed", "https://github.com/Azure/AKS/issues/695", "2018-10-22")
_SKU_UNSAID = (
    "natGatewayProfile.sku is not stated: new clusters get StandardV2 in regions that have it, and what an update gets is not documented; state it "
    "(learn.microsoft.com/javascript/api/@azure/arm-containerservice/knownmanagedclusternatgatewaysku)"
)

_Judgement = tuple[MigrationVerdict, tuple[Claim, ...], tuple[str, ...]]


def find_migrations(before: Snapshot, after: Snapshot) -> tuple[Migration, ...]:
    """One for each cluster in both whose outbound type, or whose network, changes."""
    found = []
    for planned in after.of_type(CLUSTER):
        deployed = None if is_expression(planned.id) else before.find(planned.id)
        if deployed is not None and _moves(before, deployed, after, planned):
            found.append(plan_migration(before, after, planned.id))
    return tuple(found)


def plan_migration(before: Snapshot, after: Snapshot, cluster_id: str) -> Migration:
    """The move of one cluster; ValueError where either snapshot lacks it."""
    deployed, planned = before.find(cluster_id), after.find(cluster_id)
    if deployed is None or planned is None:
        raise ValueError(f"the cluster {cluster_id} is not in both snapshots")
    way_before, way_after = read_way(before, deployed), read_way(after, planned)
    verdict, claims, reasons = _judge(before, deployed, after, planned)
    old, new = find_addresses(before, deployed, before), find_addresses(after, planned, before)
    ranges = advise_authorized_ranges(planned, way_after.outbound_type, old, new)
    return Migration(
        planned.id,
        way_before,
        way_after,
        verdict,
        claims,
        (*reasons, *_doubts(planned, way_after)),
        list_costs(way_before, way_after, verdict),
        old,
        new,
        ranges,
        list_steps(way_before, way_after, verdict, new, ranges=bool(ranges)),
    )


def _moves(before: Snapshot, deployed: Resource, after: Snapshot, planned: Resource) -> bool:
    """A subnet alone counts, too: the update would be refused."""
    pools = moved_pools(read_subnets(before, deployed), read_subnets(after, planned))
    return bool(pools) or read_way(before, deployed) != read_way(after, planned)


def _judge(before: Snapshot, deployed: Resource, after: Snapshot, planned: Resource) -> _Judgement:
    old, new = read_way(before, deployed), read_way(after, planned)
    pools = moved_pools(read_subnets(before, deployed), read_subnets(after, planned))
    if old.network != new.network:
        reason = f"the nodes are in {_whose(old)}, and the plan has them in {_whose(new)}"
        return MigrationVerdict.NEW_CLUSTER, (_NO_WAY_ACROSS, _FIXED_SUBNET), (reason,)
    if any(other_network for _, other_network in pools):
        return MigrationVerdict.NEW_CLUSTER, (_FIXED_SUBNET,), tuple(f"the pool {name} would be in another virtual network" for name, _ in pools)
    if pools:
        reasons = tuple(f"the pool {name} would be in another subnet; make a new pool there, and delete the old one" for name, _ in pools)
        return MigrationVerdict.REFUSED, (_FIXED_SUBNET,), reasons
    frozen = why_frozen(deployed) or why_frozen(planned)
    if frozen is not None:
        return MigrationVerdict.REFUSED, (_FROZEN,), (frozen,)
    if new.outbound_type in _ISOLATED and not is_isolated(planned):
        reason = f"outbound type {new.outbound_type} is for network-isolated clusters, and the plan's bootstrapProfile.artifactSource is not Cache"
        return MigrationVerdict.REFUSED, (_NOT_ISOLATED,), (reason,)
    return _judge_by_documents(old, new, _api_version(planned))


def _judge_by_documents(old: WayOut, new: WayOut, api_version: str) -> _Judgement:
    rows = documented_moves("own" if old.network == "own" else "managed", old.outbound_type, new.outbound_type, api_version)
    claims = tuple(Claim(f"{'possible' if row.possible else 'not possible'} ({row.says})", row.source, row.date) for row in rows)
    if not rows:
        return MigrationVerdict.UNDOCUMENTED, (), (f"no document says whether {old} can become {new}",)
    if all(row.possible for row in rows):
        return MigrationVerdict.SUPPORTED, claims, ()
    if not any(row.possible for row in rows):
        return MigrationVerdict.REFUSED, claims, ()
    return MigrationVerdict.DISPUTED, claims, ("sources disagree, so try it on a cluster that may break",)


def _doubts(planned: Resource, way: WayOut) -> tuple[str, ...]:
    """Spellings that the plan's API version does not have, and what it leaves open."""
    api_version = _api_version(planned)
    row = find_outbound_type(way.outbound_type)
    if way.outbound_type == "managedNATGatewayV2":
        spelled = "outboundType managedNATGateway with" if nat_gateway_sku(planned) else f"outboundType {way.outbound_type}"
        fitting = [spelling for versions, spelling, _, _ in V2_SPELLINGS if covers(versions, api_version)]
        if len(fitting) > 1 or not fitting[0].startswith(spelled):
            said = "; ".join(f"{spelling} ({source}, {date})" for versions, spelling, source, date in V2_SPELLINGS if covers(versions, api_version))
            return (f"how API version {api_version} spells a StandardV2 managed NAT gateway: {said}",)
    elif row is None:
        return (f"the outbound type {way.outbound_type} is not known here",)
    elif not covers(row.versions, api_version):
        return (f"no published description of API version {api_version} has the outbound type {way.outbound_type} ({row.source}, {row.date})",)
    if way.outbound_type == "managedNATGateway" and nat_gateway_sku(planned) is None and covers(V2_AS_SKU, api_version):
        return (_SKU_UNSAID,)
    return ()


def _api_version(cluster: Resource) -> str:
    return str(cluster.body.get("apiVersion") or _NEWEST)


def _whose(way: WayOut) -> str:
    return "a network of your own" if way.network == "own" else "a network that AKS makes"
