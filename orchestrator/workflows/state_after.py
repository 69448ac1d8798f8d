"""The resources as they will be after an incremental deployment: what ARM says of each change, what stays, and what Azure computes and keeps."""

from collections.abc import Iterable

from orchestrator.model.changes import ChangeType, ResourceChange, WhatIf
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, Snapshot, is_expression

CLUSTER = "microsoft.containerservice/managedclusters"
_COMPUTED: dict[str, tuple[str, ...]] = {
    "microsoft.network/publicipaddresses": ("ipAddress",),
    "microsoft.network/publicipprefixes": ("ipPrefix",),
    CLUSTER: ("nodeResourceGroup", "fqdn"),
}
"""Properties that Azure sets once and keeps: a plan does not have them."""

_WAYS_OUT = ("loadBalancerProfile", "natGatewayProfile")
_STAYING = frozenset({ChangeType.NO_CHANGE, ChangeType.IGNORE, ChangeType.UNSUPPORTED})


def state_after(before: Snapshot, what_if: WhatIf, planned: Iterable[JsonObject]) -> Snapshot:
    """Of a change the body that ARM gives, else the plan's. What is in a node resource group stays where its cluster keeps its way out."""
    bodies = {str(body["id"]).lower(): body for body in planned}
    after: dict[str, Resource] = {resource.id.lower(): resource for resource in before}
    for change in what_if.changes:
        key = change.resource_id.lower()
        if change.type is ChangeType.DELETE:
            after.pop(key, None)
        elif change.type not in _STAYING or key not in after:
            body = _body_after(change, bodies.get(key))
            if body is not None:
                after[key] = keep_computed(before.find(key), Resource(change.resource_id, body))
    return _without_old_ways(before, Snapshot(tuple(after.values()), before.unread))


def _body_after(change: ResourceChange, planned: JsonObject | None) -> JsonObject | None:
    if change.after is None or not isinstance(change.after.get("properties"), dict):
        return planned or change.after
    return change.after


def keep_computed(old: Resource | None, new: Resource) -> Resource:
    """A new body with what Azure computed for the old one and keeps."""
    if old is None:
        return new
    properties = dict(new.properties)
    for name in _COMPUTED.get(new.type.lower(), ()):
        if name in old.properties and (name not in properties or is_expression(properties[name])):
            properties[name] = old.properties[name]
    if new.type.lower() == "microsoft.network/azurefirewalls":
        properties["ipConfigurations"] = _with_private_addresses(old.properties.get("ipConfigurations"), properties.get("ipConfigurations"))
    if new.type.lower() == CLUSTER:
        properties["networkProfile"] = _with_effective_addresses(old, new)
    return Resource(new.id, {**new.body, "properties": properties})


def _with_private_addresses(old: Json, new: Json) -> Json:
    """A firewall's configurations, each with the private address that it has already."""
    if not isinstance(new, list) or not isinstance(old, list):
        return new
    known = {one.get("name"): (one.get("properties") or {}).get("privateIPAddress") for one in old if isinstance(one, dict)}
    return [
        {**one, "properties": {"privateIPAddress": known[one.get("name")], **(one.get("properties") or {})}}
        if isinstance(one, dict) and known.get(one.get("name"))
        else one
        for one in new
    ]


def _with_effective_addresses(old: Resource, new: Resource) -> JsonObject:
    """The addresses that AKS made stay where the cluster keeps its way out."""
    profile = dict(_profile(new))
    if keeps_way_out(old, new):
        for name in _WAYS_OUT:
            there = _profile(old).get(name)
            effective = there.get("effectiveOutboundIPs") if isinstance(there, dict) else None
            if effective:
                profile[name] = {**(profile.get(name) or {}), "effectiveOutboundIPs": effective}
    return profile


def keeps_way_out(old: Resource, new: Resource) -> bool:
    """True where nothing is asked of AKS that gives a cluster other outbound addresses: type, subnets and outbound profiles, as far as named, are the same."""
    left, right = _profile(old), _profile(new)
    if (left.get("outboundType") or "loadBalancer") != (right.get("outboundType") or "loadBalancer") or _subnets(old) != _subnets(new):
        return False
    for name in _WAYS_OUT:
        here, there = left.get(name), right.get(name)
        if isinstance(there, dict) and any(key not in ("effectiveOutboundIPs",) and (here or {}).get(key) != value for key, value in there.items()):
            return False
    return True


def _subnets(cluster: Resource) -> set[str]:
    pools = cluster.properties.get("agentPoolProfiles")
    return {str(pool.get("vnetSubnetID") or "").lower() for pool in pools or () if isinstance(pool, dict)}


def _profile(cluster: Resource) -> JsonObject:
    profile = cluster.properties.get("networkProfile")
    return profile if isinstance(profile, dict) else {}


def _without_old_ways(before: Snapshot, after: Snapshot) -> Snapshot:
    """AKS makes a node resource group anew where the way out changes, so what is in it then says nothing of later."""
    gone = set()
    for old in before.of_type(CLUSTER):
        new = after.find(old.id)
        if new is not None and not keeps_way_out(old, new):
            gone.add(str(old.properties.get("nodeResourceGroup", "")).lower())
    if not gone:
        return after
    staying = tuple(one for one in after if is_expression(one.id) or (one.resource_id.resource_group or "").lower() not in gone)
    return Snapshot(staying, after.unread)
