"""What the template engine asks the lab: other resources, the clock, the deployer."""

import uuid
from datetime import UTC, datetime

from orchestrator.arm.engine import UNRESOLVED, Unresolved
from orchestrator.arm.functions.dates import format_date
from orchestrator.lab.directory import CLIENT_ID, OBJECT_ID, TENANT_ID
from orchestrator.lab.groups import GROUP_TYPE
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.lab.state.world import copy_json
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id

DEPLOYMENT_TYPE = "Microsoft.Resources/deployments"


class LabRuntime:
    """Answers from the lab's state. strict: a deployment, where everything must be there; else what-if, where the unknown stays an expression.

    `outputs`: outputs of nested deployments of this run, secure ones included, by lower-case id; they live in memory only.
    """

    def __init__(self, manager: ResourceManager, *, strict: bool) -> None:
        self._manager = manager
        self._strict = strict
        self._started = datetime.now(UTC)
        self.outputs: dict[str, JsonObject] = {}

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Json | Unresolved:
        """A resource's properties, or its whole body."""
        parsed = parse_resource_id(resource_id)
        if parsed.type.lower() == DEPLOYMENT_TYPE.lower():
            return self._deployment(parsed, full=full)
        body = self._manager.world.find_group(resource_id) if parsed.type == GROUP_TYPE else self._manager.find(parsed)
        if body is None:
            if self._strict:
                self._manager.get(parsed)
            return UNRESOLVED
        if not full:
            return copy_json(body.get("properties") or {})
        scope = {"resourceId": resource_id, "subscriptionId": parsed.subscription, "resourceGroupName": parsed.resource_group}
        return {**copy_json(body), **scope, "apiVersion": api_version}

    def _deployment(self, parsed: ResourceId, *, full: bool) -> Json | Unresolved:
        record = self._manager.world.deployments.get(parsed.key)
        if record is None:
            return UNRESOLVED
        body: JsonObject = copy_json(record.body)
        body["properties"]["outputs"] = self.outputs.get(parsed.key, body["properties"].get("outputs") or {})
        return body if full else body["properties"]

    def list_action(self, action: str, resource_id: str, api_version: str, body: Json) -> Json | Unresolved:
        """The one list function that the lab has: a nested deployment's secure outputs, within the run that made them."""
        del api_version, body
        outputs = self.outputs.get(resource_id.lower())
        if action.lower() == "listoutputswithsecurevalues" and outputs is not None:
            return copy_json(outputs)
        if self._strict:
            raise ArmError("LabNotSupported", f"The lab has no action '{action}' of {resource_id}.")
        return UNRESOLVED

    def utc_now(self, format: str) -> str | Unresolved:  # noqa: A002 - the engine's name for it
        """The moment the deployment began."""
        return format_date(self._started, format) if self._strict else UNRESOLVED

    def new_guid(self) -> str | Unresolved:
        """A fresh GUID."""
        return str(uuid.uuid4()) if self._strict else UNRESOLVED

    def deployer(self) -> Json | Unresolved:
        """The lab's one client."""
        return {"objectId": OBJECT_ID, "tenantId": TENANT_ID, "userPrincipalName": "", "clientId": CLIENT_ID}

    def resource_group(self, subscription_id: str, name: str) -> Json | Unresolved:
        """A resource group that exists."""
        group = self._manager.world.find_group(f"/subscriptions/{subscription_id}/resourceGroups/{name}")
        return UNRESOLVED if group is None else copy_json(group)
