"""The Runtime of a template in a set: it answers from what the set holds, and notes what was asked for."""

from collections.abc import Iterable, Mapping

from orchestrator.arm.expressions import Access, Call, String
from orchestrator.arm.functions.values import Unknown
from orchestrator.arm.resource_set import ResourceSet
from orchestrator.arm.runtime import UNRESOLVED, DeploymentScope, Unresolved
from orchestrator.model.json_value import Json, JsonObject

GROUP_TYPE = "Microsoft.Resources/resourceGroups"


class SetRuntime:
    """One template's. asked: lower-case ids of all that was looked at; missing, used: of what nobody makes, and of what somebody does -> as asked."""

    def __init__(self, known: ResourceSet, groups: Mapping[tuple[str, str], JsonObject]) -> None:
        self._known = known
        self._groups = groups
        self.asked: set[str] = set()
        self.missing: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def begin(self) -> None:
        """Forget what was asked for."""
        self.asked, self.missing, self.used = set(), {}, {}

    def reference(self, resource_id: str, api_version: str | None, full: bool) -> Json | Unresolved:  # noqa: ARG002 - a Runtime's
        """A body of the set, or its properties; nothing of one that may not be made at all."""
        key = resource_id.rstrip("/").lower()
        body, looked = self._known.view(resource_id)
        self.asked |= looked
        if body is None:
            self.missing[key] = resource_id
            return UNRESOLVED
        self.used[key] = resource_id
        if "condition" in body:
            return UNRESOLVED
        return body if full else body.get("properties") or UNRESOLVED

    def resource_group(self, subscription_id: str, name: str) -> Json | Unresolved:
        """A group that a template goes to, or makes."""
        key = f"/subscriptions/{subscription_id}/resourceGroups/{name}"
        self.asked.add(key.lower())
        body = self._known.find(key)
        return self._groups.get((subscription_id.lower(), name.lower()), UNRESOLVED) if body is None else {"name": name, **body}

    def not_known(self, *_: object) -> Unresolved:
        """No clock runs, nobody deploys, and nothing acts."""
        return UNRESOLVED

    list_action = utc_now = new_guid = deployer = not_known


def read_groups(scopes: Iterable[DeploymentScope]) -> dict[tuple[str, str], JsonObject]:
    """The groups that templates go to: (subscription, name) in lower case -> what is known of each."""
    found: dict[tuple[str, str], JsonObject] = {}
    for scope in scopes:
        if scope.subscription_id is not None and scope.resource_group is not None and scope.location is not None:
            identifier = f"/subscriptions/{scope.subscription_id}/resourceGroups/{scope.resource_group}"
            tags = Unknown(Access(Call("resourceGroup"), String("tags"))) if scope.resource_group_tags is None else dict(scope.resource_group_tags)
            said = {"id": identifier, "name": scope.resource_group, "type": GROUP_TYPE, "location": scope.location, "tags": tags}
            found.setdefault((scope.subscription_id.lower(), scope.resource_group.lower()), said)
    return found
