"""Azure Firewall, its policies and their rule collection groups. Azure writes one group of a policy at a time."""

from ipaddress import IPv4Network, ip_network

from orchestrator.lab.resource_types import REFERENCE, Elements, Put, ResourceType, View, find_reference
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import parse_resource_id, same_id

_POLICY = "Microsoft.Network/firewallPolicies"
_GROUP = f"{_POLICY}/ruleCollectionGroups"
_FIREWALL = "Microsoft.Network/azureFirewalls"
_FIRST_USABLE = 4
"""Azure keeps the first four addresses of a subnet; the firewall's balancer takes the next."""


# -- policies --------------------------------------------------------------------------------------------------------------------------------


def _compute_policy(put: Put) -> None:
    find_reference(put, put.properties.get("basePolicy"), "basePolicy")


def _view_policy(body: JsonObject, view: View) -> None:
    prefix = body["id"].lower() + "/"
    body["properties"]["ruleCollectionGroups"] = [{"id": group["id"]} for group in view.of_type(_GROUP) if group["id"].lower().startswith(prefix)]
    body["properties"]["firewalls"] = [{"id": firewall["id"]} for firewall in _firewalls_of(body["id"], view)]
    body["properties"]["childPolicies"] = []


def _firewalls_of(policy_id: str, view: View) -> list[JsonObject]:
    return [f for f in view.of_type(_FIREWALL) if same_id((f["properties"].get("firewallPolicy") or {}).get("id"), policy_id)]


def _check_delete_policy(body: JsonObject, view: View) -> None:
    for firewall in _firewalls_of(body["id"], view):
        raise ArmError("FirewallPolicyInUse", f"Firewall Policy {body['id']} cannot be deleted since it is used by firewall {firewall['id']}.")


# -- rule collection groups ------------------------------------------------------------------------------------------------------------------


def _refuse(put: Put, rule: JsonObject, why: str) -> ArmError:
    return ArmError("FirewallPolicyRuleInvalid", f"Rule '{rule.get('name')}' of {put.resource_id} is invalid: {why}.")


def _check_network_rule(put: Put, rule: JsonObject) -> None:
    addresses, names = rule.get("destinationAddresses"), rule.get("destinationFqdns")
    if bool(addresses) + bool(names) + bool(rule.get("destinationIpGroups")) != 1:
        raise _refuse(put, rule, "a network rule has destination addresses, or FQDNs, or IP groups, and exactly one of them")
    if not rule.get("ipProtocols") or not rule.get("destinationPorts"):
        raise _refuse(put, rule, "a network rule needs ipProtocols and destinationPorts")
    if names:
        policy = put.view.find(str(put.resource_id.parent)) or {}
        if not (policy["properties"].get("dnsSettings") or {}).get("enableProxy"):
            raise _refuse(put, rule, "FQDNs in network rules need the policy's DNS proxy (dnsSettings.enableProxy)")


def _check_application_rule(put: Put, rule: JsonObject) -> None:
    if bool(rule.get("targetFqdns")) + bool(rule.get("fqdnTags")) + bool(rule.get("webCategories")) + bool(rule.get("targetUrls")) != 1:
        raise _refuse(put, rule, "an application rule has target FQDNs, or FQDN tags, and exactly one of them")
    if not rule.get("protocols"):
        raise _refuse(put, rule, "an application rule needs protocols")


_RULE_CHECKS = {"NetworkRule": _check_network_rule, "ApplicationRule": _check_application_rule}


def _check_rule(put: Put, rule: JsonObject) -> None:
    check = _RULE_CHECKS.get(str(rule.get("ruleType")))
    if check is None:
        raise _refuse(put, rule, f"the lab knows rules of type {', '.join(_RULE_CHECKS)}, not {rule.get('ruleType')!r}")
    if not rule.get("sourceAddresses") and not rule.get("sourceIpGroups"):
        raise _refuse(put, rule, "it has no source addresses")
    check(put, rule)


def _check_group(put: Put) -> None:
    properties = put.properties
    if not 100 <= int(properties.get("priority") or 0) <= 65000:
        raise ArmError("FirewallPolicyRuleCollectionGroupInvalidPriority", f"The priority of {put.resource_id} must be between 100 and 65000.")
    priorities: dict[int, str] = {}
    for collection in properties["ruleCollections"]:
        name, rules, priority = collection.get("name"), collection.get("rules"), collection.get("priority")
        if not rules:
            raise ArmError("FirewallPolicyRuleCollectionEmpty", f"Rule collection '{name}' of {put.resource_id} has no rules.")
        if len({rule.get("ruleType") for rule in rules}) > 1:
            raise ArmError("FirewallPolicyMixedRuleTypes", f"Rule collection '{name}' of {put.resource_id} mixes rules of different types.")
        if priority in priorities:
            raise ArmError(
                "FirewallPolicyRuleCollectionDuplicatePriority",
                f"Rule collections '{priorities[priority]}' and '{name}' of {put.resource_id} have the same priority {priority}.",
            )
        priorities[priority] = str(name)
        for rule in rules:
            _check_rule(put, rule)


# -- firewalls -------------------------------------------------------------------------------------------------------------------------------


def _check_firewall(put: Put) -> None:
    policy = find_reference(put, put.properties.get("firewallPolicy"), "firewallPolicy")
    tier = put.properties["sku"]["tier"]
    if policy is not None and policy["properties"]["sku"]["tier"] != tier:
        raise ArmError(
            "AzureFirewallPolicyTierMismatch",
            f"Firewall {put.resource_id} of tier {tier} cannot use policy {policy['id']} of tier {policy['properties']['sku']['tier']}.",
        )
    classic = [n for n in ("applicationRuleCollections", "networkRuleCollections", "natRuleCollections") if put.properties.get(n)]
    if classic and policy is not None:
        raise ArmError("AzureFirewallPolicyAndRuleCollectionsConflict", f"Firewall {put.resource_id} cannot have {classic[0]} beside a firewall policy.")
    if classic:
        raise ArmError("LabNotSupported", f"The lab has no classic firewall rules ({classic[0]} of {put.resource_id}): use a firewall policy.")
    for configuration in put.properties["ipConfigurations"]:
        _check_configuration(put, configuration)


def _check_configuration(put: Put, configuration: JsonObject) -> None:
    properties = configuration.get("properties") or {}
    subnet_id = (properties.get("subnet") or {}).get("id")
    if subnet_id is not None:
        find_reference(put, properties["subnet"], "subnet of an IP configuration")
        subnet = parse_resource_id(subnet_id)
        if subnet.name.lower() != "azurefirewallsubnet":
            raise ArmError("AzureFirewallSubnetNameInvalid", f"Firewall {put.resource_id} must be in a subnet called AzureFirewallSubnet, not '{subnet.name}'.")
        if str(subnet.resource_group).lower() != str(put.resource_id.resource_group).lower():
            raise ArmError("AzureFirewallVnetResourceGroupMismatch", f"Firewall {put.resource_id} and its virtual network must be in the same resource group.")
    address = find_reference(put, properties.get("publicIPAddress"), "publicIPAddress of an IP configuration")
    if address is None:
        raise ArmError(
            "AzureFirewallIpConfigurationNeedsPublicIp", f"IP configuration {configuration.get('name')} of {put.resource_id} has no public IP address."
        )
    if address["sku"]["name"] != "Standard":
        raise ArmError("AzureFirewallPublicIpSkuInvalid", f"Public IP address {address['id']} of {put.resource_id} must be of SKU Standard.")
    _check_free(put, address)


def _check_free(put: Put, address: JsonObject) -> None:
    users = [f["id"] for f in put.view.of_type(_FIREWALL) if _uses(f["properties"].get("ipConfigurations"), address["id"])]
    users += [
        gateway["id"]
        for gateway in put.view.of_type("Microsoft.Network/natGateways")
        if any(same_id(reference.get("id"), address["id"]) for reference in gateway["properties"].get("publicIpAddresses") or ())
    ]
    for user in users:
        if not same_id(user, str(put.resource_id)):
            raise ArmError(
                "PublicIPAddressInUse",
                f"Resource {put.resource_id} is referencing public IP address {address['id']} that is already allocated to resource {user}.",
            )


def _uses(configurations: Json, address_id: str) -> bool:
    return any(same_id((c["properties"].get("publicIPAddress") or {}).get("id"), address_id) for c in configurations or ())


def _private_address(put: Put, subnet_id: str) -> str | None:
    subnet = put.view.find(subnet_id)
    if subnet is None:
        return None
    properties = subnet["properties"]
    network = ip_network(properties.get("addressPrefix") or properties["addressPrefixes"][0])
    return str(network[_FIRST_USABLE]) if isinstance(network, IPv4Network) else None


def _compute_firewall(put: Put) -> None:
    subnet_id = None
    for configuration in put.properties["ipConfigurations"]:
        properties = configuration["properties"]
        subnet_id = (properties.get("subnet") or {}).get("id") or subnet_id
        if subnet_id is not None:
            properties["privateIPAllocationMethod"] = "Dynamic"
            properties["privateIPAddress"] = _private_address(put, subnet_id)


_TEXTS = (
    "sourceAddresses",
    "sourceIpGroups",
    "destinationAddresses",
    "destinationFqdns",
    "destinationIpGroups",
    "destinationPorts",
    "ipProtocols",
    "targetFqdns",
    "fqdnTags",
)
_RULE: JsonObject = {"name": str, "ruleType": str, "protocols": [{"protocolType": str, "port": int}], **{name: [str] for name in _TEXTS}}
_COLLECTION: JsonObject = {"name": str, "priority": int, "action": {"type": str}, "ruleCollectionType": str, "rules": [_RULE]}

RESOURCE_TYPES = (
    ResourceType(
        name=_POLICY,
        defaults={"properties": {"sku": {"tier": "Standard"}, "threatIntelMode": "Alert"}},
        shape={
            "properties": {
                "sku": {"tier": str},
                "threatIntelMode": str,
                "basePolicy": REFERENCE,
                "dnsSettings": {"enableProxy": bool, "servers": [str]},
            }
        },
        compute=_compute_policy,
        view=_view_policy,
        check_delete=_check_delete_policy,
        etag=True,
        data_plane=True,
    ),
    ResourceType(
        name=_GROUP,
        defaults={"properties": {"ruleCollections": []}},
        shape={"properties": {"priority": int, "ruleCollections": [_COLLECTION]}},
        required=("properties.priority",),
        located=False,
        tracked=False,
        check=_check_group,
        serial_parent=True,
        etag=True,
        data_plane=True,
    ),
    ResourceType(
        name=_FIREWALL,
        defaults={"properties": {"sku": {"name": "AZFW_VNet", "tier": "Standard"}, "threatIntelMode": "Alert", "additionalProperties": {}}},
        shape={
            "properties": {
                "sku": {"name": str, "tier": str},
                "firewallPolicy": REFERENCE,
                "ipConfigurations": [{"name": str, "properties": {"subnet": REFERENCE, "publicIPAddress": REFERENCE}}],
            }
        },
        check=_check_firewall,
        compute=_compute_firewall,
        elements=(Elements("ipConfigurations", "azureFirewallIpConfigurations"),),
        etag=True,
        data_plane=True,
    ),
)
