"""Network security groups and their rules. The lab's data plane does not enforce them (AKS's own allow all egress)."""

from orchestrator.lab.providers.network.subnet_references import SubnetReferences, compute_resource_guid
from orchestrator.lab.resource_types import Elements, Put, ResourceType, View
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_SUBNETS = SubnetReferences("networkSecurityGroup")


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


def _check_delete(body: JsonObject, view: View) -> None:
    for subnet in _SUBNETS.find(body, view):
        raise ArmError(
            "InUseNetworkSecurityGroupCannotBeDeleted", f"Network security group {body['id']} cannot be deleted because it is in use by subnet {subnet['id']}."
        )


RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.Network/networkSecurityGroups",
        defaults={"properties": {"securityRules": []}},
        shape={"properties": {"securityRules": [{"name": str, "properties": {"priority": int, "direction": str, "access": str, "protocol": str}}]}},
        check=_check,
        compute=compute_resource_guid,
        view=_SUBNETS.show,
        check_delete=_check_delete,
        elements=(Elements("securityRules", "securityRules", child=True),),
        etag=True,
        data_plane=True,
    ),
)
