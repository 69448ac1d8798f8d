"""Features that may decide a flow, and the same network without each of them: the counterfactual that proves that it does.

A feature decides a flow where the network without it gives another outcome, kind of denial or address. Priorities and parents cannot be left out, so there the
order is turned round. Works on bodies of resources, and knows neither engine.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Body = dict[str, Any]
Ablation = Callable[[list[Body]], None]
_POLICY = "Microsoft.Network/firewallPolicies"
_GROUP = f"{_POLICY}/ruleCollectionGroups"
_FIREWALL = "Microsoft.Network/azureFirewalls"


def without(feature: str, resources: Sequence[Body]) -> list[Body] | None:
    """The resources without a feature; None where they do not have it."""
    changed: list[Body] = copy.deepcopy(list(resources))
    ABLATIONS[feature](changed)
    return None if changed == list(resources) else changed


def collections(resources: Sequence[Body]) -> Iterator[Body]:
    """Every rule collection: of groups, and of firewalls with classic rules (their inner bodies)."""
    for body in resources:
        yield from body["properties"].get("ruleCollections") or ()
        for key in ("networkRuleCollections", "applicationRuleCollections"):
            yield from (collection["properties"] for collection in body["properties"].get(key) or ())


def _rules(resources: Sequence[Body]) -> Iterator[Body]:
    return (rule for collection in collections(resources) for rule in collection["rules"])


def _keep_rules(resources: Sequence[Body], wanted: Callable[[Body], bool]) -> None:
    for collection in collections(resources):
        collection["rules"] = [rule for rule in collection["rules"] if wanted(rule)]


def _turn_parents(resources: list[Body]) -> None:
    """The child becomes the parent: groups change places, so that names stay with their rules."""
    policies = {body["id"]: body for body in resources if body["type"] == _POLICY}
    for child in policies.values():
        parent_id = (child["properties"].get("basePolicy") or {}).get("id")
        if parent_id is None:
            continue
        for group in resources:
            if group["type"] == _GROUP:
                owner, name = group["id"].split("/ruleCollectionGroups/")
                group["id"] = f"{ {parent_id: child['id'], child['id']: parent_id}[owner] }/ruleCollectionGroups/{name}"


def _turn(bodies: list[Body], priority_of: Callable[[Body], Body]) -> None:
    found = sorted(priority_of(body)["priority"] for body in bodies)
    ordered = sorted(bodies, key=lambda body: int(priority_of(body)["priority"]), reverse=True)
    for body, priority in zip(ordered, found, strict=True):
        priority_of(body)["priority"] = priority


def _turn_groups(resources: list[Body]) -> None:
    owners = {body["id"].split("/ruleCollectionGroups/")[0] for body in resources if body["type"] == _GROUP}
    for owner in owners:
        _turn([body for body in resources if body["type"] == _GROUP and body["id"].startswith(f"{owner}/")], lambda body: body["properties"])


def _turn_collections(resources: list[Body]) -> None:
    for body in resources:
        _turn(body["properties"].get("ruleCollections") or [], lambda collection: collection)
        for key in ("networkRuleCollections", "applicationRuleCollections"):
            _turn(body["properties"].get(key) or [], lambda collection: collection["properties"])


def _drop_denials(resources: list[Body]) -> None:
    for collection in collections(resources):
        if collection["action"]["type"] == "Deny":
            collection["rules"] = []


def _drop_network_rules(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: "targetFqdns" in rule or "fqdnTags" in rule)


def _drop_wildcards(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: not any(name.startswith("*") for name in rule.get("targetFqdns") or ()))


def _drop_ip_groups(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: not (rule.get("sourceIpGroups") or rule.get("destinationIpGroups")))


def _drop_fqdn_tags(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: not rule.get("fqdnTags"))


def _drop_service_tags(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: not any(text[:1].isalpha() for text in rule.get("destinationAddresses") or ()))


def _drop_tags(resources: list[Body]) -> None:
    _drop_fqdn_tags(resources)
    _drop_service_tags(resources)


def _drop_names(resources: list[Body]) -> None:
    _keep_rules(resources, lambda rule: not rule.get("destinationFqdns"))


def _drop_security_groups(resources: list[Body]) -> None:
    for body in resources:
        for subnet in body["properties"].get("subnets") or ():
            subnet["properties"].pop("networkSecurityGroup", None)


def _drop_longer_routes(resources: list[Body]) -> None:
    for body in resources:
        if body["type"] == "Microsoft.Network/routeTables":
            body["properties"]["routes"] = [route for route in body["properties"]["routes"] if route["properties"]["addressPrefix"] == "0.0.0.0/0"]


def _drop_peerings(resources: list[Body]) -> None:
    resources[:] = [body for body in resources if not body["type"].endswith("/virtualNetworkPeerings")]
    for body in resources:
        body["properties"].pop("virtualNetworkPeerings", None)


def _drop_firewall_nat(resources: list[Body]) -> None:
    for body in resources:
        for subnet in body["properties"].get("subnets") or ():
            if subnet["name"] == "AzureFirewallSubnet":
                subnet["properties"].pop("natGateway", None)


ABLATIONS: Mapping[str, Ablation] = {
    "parent and child policy": _turn_parents,
    "group priority": _turn_groups,
    "collection priority": _turn_collections,
    "deny collection": _drop_denials,
    "network over application": _drop_network_rules,
    "wildcard": _drop_wildcards,
    "IP group": _drop_ip_groups,
    "tag": _drop_tags,
    "name in a network rule": _drop_names,
    "security group": _drop_security_groups,
    "longer prefix": _drop_longer_routes,
    "peering": _drop_peerings,
    "tag: FQDN tag": _drop_fqdn_tags,
    "tag: service tag": _drop_service_tags,
    "NAT gateway behind the firewall": _drop_firewall_nat,
}
REQUIRED: tuple[str, ...] = tuple(ABLATIONS)[:11]
"""Each decides at least 20 of 500 cases (issue 4)."""
