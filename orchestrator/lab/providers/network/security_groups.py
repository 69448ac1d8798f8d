"""Network security groups and their rules. The lab's data plane does not enforce them (AKS's own allow all egress)."""

from orchestrator.lab.resource_types import Elements, Put, ResourceType, View
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id


def _check(put: Put) -> None:
    seen: set[tuple[str, int]] = set()
    for rule in put.properties["securityRules"]:
        properties = rule.get("properties") or {}
        key = (str(properties.get("direction")), int(properties.get("priority") or 0))
        if not 100 <= key[1] <= 4096:
            raise ArmError("SecurityRuleInvalidPriority", f"Security rule {rule.get('name')} has the priority {key[1]}; it must be between 100 and 4096.")
        if key in seen:
            raise ArmError(
                "SecurityRuleConflict", f"Security rule {rule.get('name')} conflicts with another rule: same priority {key[1]} and direction {key[0]}."
            )
        seen.add(key)


def _compute(put: Put) -> None:
    put.keep("resourceGuid", put.view.new_guid)


def _subnets(body: JsonObject, view: View) -> list[JsonObject]:
    return [
        {"id": subnet["id"]}
        for network in view.of_type("Microsoft.Network/virtualNetworks")
        for subnet in network["properties"].get("subnets") or ()
        if same_id((subnet["properties"].get("networkSecurityGroup") or {}).get("id"), body["id"])
    ]


def _view(body: JsonObject, view: View) -> None:
    subnets = _subnets(body, view)
    if subnets:
        body["properties"]["subnets"] = subnets


def _check_delete(body: JsonObject, view: View) -> None:
    for subnet in _subnets(body, view):
        raise ArmError(
            "InUseNetworkSecurityGroupCannotBeDeleted", f"Network security group {body['id']} cannot be deleted because it is in use by subnet {subnet['id']}."
        )


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/networkSecurityGroups",
        defaults={"properties": {"securityRules": []}},
        shape={"properties": {"securityRules": [{"name": str, "properties": {"priority": int, "direction": str, "access": str, "protocol": str}}]}},
        check=_check,
        compute=_compute,
        view=_view,
        check_delete=_check_delete,
        elements=(Elements("securityRules", "securityRules", child=True),),
        etag=True,
        data_plane=True,
    ),
)
