"""What a subnet names (route table, NAT gateway, security group) shows the subnet in return, and cannot be deleted while it does."""

from dataclasses import dataclass

from orchestrator.lab.resource_types import Put, View
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import same_id


def compute_resource_guid(put: Put) -> None:
    """A resourceGuid that stays as long as the resource."""
    put.keep("resourceGuid", put.view.new_guid)


@dataclass(frozen=True, slots=True)
class SubnetReferences:
    """The subnets whose property `member` names a resource."""

    member: str

    def find(self, body: JsonObject, view: View) -> list[JsonObject]:
        """References to them, as Azure shows them."""
        return [
            {"id": subnet["id"]}
            for network in view.of_type("Microsoft.Network/virtualNetworks")
            for subnet in network["properties"].get("subnets") or ()
            if same_id((subnet["properties"].get(self.member) or {}).get("id"), body["id"])
        ]

    def show(self, body: JsonObject, view: View) -> None:
        """Enter them into the resource's body, where there are any."""
        subnets = self.find(body, view)
        if subnets:
            body["properties"]["subnets"] = subnets
