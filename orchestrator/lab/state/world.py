"""All that exists in the lab: resource groups, resources, deployments. Found by id without regard to case; every change is written through."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from orchestrator.catalog.lab_internet import PUBLIC_ADDRESS_RANGE
from orchestrator.lab.directory import SUBSCRIPTION_ID, TENANT_ID
from orchestrator.lab.state.store import Store
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import parse_resource_id


@dataclass(slots=True)
class Stored:
    """A resource: its body as Azure would answer, what was last asked for (defaults not filled in), and who made it where a resource made it.

    `children`: what was last asked for embedded children that have been put on their own (subnets, routes), by lower-case id. `expressions`: template
    expressions in the request that only a deployment could resolve (`utcNow()`, a secure parameter), as text.
    """

    body: JsonObject
    asked: JsonObject
    children: dict[str, JsonObject] = field(default_factory=dict)
    managed_by: str | None = None
    expressions: list[str] = field(default_factory=list)

    def to_json(self) -> JsonObject:
        """What the store keeps."""
        return {"body": self.body, "asked": self.asked, "children": self.children, "managedBy": self.managed_by, "expressions": self.expressions}


@dataclass(slots=True)
class DeploymentRecord:
    """A deployment as ARM answers it, its template, and its operations in the order they began."""

    body: JsonObject
    template: JsonObject | None
    operations: dict[str, JsonObject] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its resource id."""
        return str(self.body["id"])

    @property
    def state(self) -> str:
        """Its provisioning state."""
        return str(self.body["properties"]["provisioningState"])


_PUBLIC = IPv4Network(PUBLIC_ADDRESS_RANGE)
_HALF = _PUBLIC.num_addresses // 2

FINAL_STATES = frozenset({"Succeeded", "Failed", "Canceled"})


class World:
    """The state in memory. `version` grows with every change of a resource; what is changed is durable after `commit`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.tenant_id = TENANT_ID
        self.subscription_id = SUBSCRIPTION_ID
        self.version = 0
        self.groups: dict[str, JsonObject] = dict(store.read("group"))
        self.resources: dict[str, Stored] = {
            key: Stored(value["body"], value["asked"], value["children"], value["managedBy"], value["expressions"]) for key, value in store.read("resource")
        }
        self._by_type: dict[str, dict[str, Stored]] = {}
        for key, stored in self.resources.items():
            self._by_type.setdefault(str(stored.body["type"]).lower(), {})[key] = stored
        self.deployments: dict[str, DeploymentRecord] = {key: DeploymentRecord(value["body"], value["template"]) for key, value in store.read("deployment")}
        for _, value in sorted(store.read("deployment-operation"), key=lambda pair: pair[1]["order"]):
            record = self.deployments.get(value["deployment"])
            if record is not None:
                record.operations[value["body"]["operationId"]] = value["body"]
        self.operations: dict[str, JsonObject] = dict(store.read("operation"))
        self._counters: dict[str, int] = dict(store.read("counter"))

    def commit(self) -> None:
        """Make all changes durable."""
        self._store.commit()

    # -- resources ---------------------------------------------------------------------------------------------------------------------------

    def find_stored(self, resource_id: str | None) -> Stored | None:
        """The resource of that id."""
        return None if resource_id is None else self.resources.get(resource_id.rstrip("/").lower())

    def find(self, resource_id: str | None) -> JsonObject | None:
        """The stored body of that id; not to be changed. An embedded child (a subnet) is found in its parent."""
        stored = self.find_stored(resource_id)
        if stored is not None:
            return stored.body
        return None if resource_id is None else self._find_embedded(resource_id)

    def of_type(self, type_name: str) -> list[JsonObject]:
        """The stored bodies of a type; not to be changed."""
        return [stored.body for stored in self._by_type.get(type_name.lower(), {}).values()]

    def in_scope(self, scope: str) -> Iterator[Stored]:
        """Everything whose id begins with a scope."""
        prefix = scope.rstrip("/").lower() + "/"
        return (stored for key, stored in list(self.resources.items()) if key.startswith(prefix))

    def put(self, stored: Stored, *, packets: bool = True) -> None:
        """Add or replace a resource. packets: False for a change that no packet sees, such as the end of provisioning."""
        key = str(stored.body["id"]).lower()
        self.resources[key] = stored
        self._by_type.setdefault(str(stored.body["type"]).lower(), {})[key] = stored
        self._store.put("resource", key, stored.to_json())
        self.version += packets

    def delete(self, resource_id: str) -> None:
        """Forget a resource, and what extends it or lies below it."""
        key = resource_id.rstrip("/").lower()
        for gone in [k for k in self.resources if k == key or k.startswith(key + "/")]:
            stored = self.resources.pop(gone)
            self._by_type[str(stored.body["type"]).lower()].pop(gone)
            self._store.delete("resource", gone)
        self.version += 1

    def _find_embedded(self, resource_id: str) -> JsonObject | None:
        try:
            parsed = parse_resource_id(resource_id)
        except ValueError:
            return None
        parent = self.find_stored(str(parsed.parent)) if parsed.parent is not None else None
        elements = parent.body.get("properties", {}).get(parsed.types[-1]) if parent is not None else None
        if not isinstance(elements, list):
            return None
        wanted = resource_id.lower()
        return next((e for e in elements if isinstance(e, dict) and str(e.get("id", "")).lower() == wanted), None)

    # -- resource groups ---------------------------------------------------------------------------------------------------------------------

    def find_group(self, group_id: str) -> JsonObject | None:
        """The resource group of that id."""
        return self.groups.get(group_id.rstrip("/").lower())

    def put_group(self, group: JsonObject) -> None:
        """Add or replace a resource group."""
        key = str(group["id"]).lower()
        self.groups[key] = group
        self._store.put("group", key, group)

    def delete_group(self, group_id: str) -> None:
        """Forget a resource group and its deployments; its resources are gone before."""
        key = group_id.rstrip("/").lower()
        self.groups.pop(key, None)
        self._store.delete("group", key)
        for gone in [k for k in self.deployments if k.startswith(key + "/")]:
            self.delete_deployment(gone)

    # -- deployments -------------------------------------------------------------------------------------------------------------------------

    def put_deployment(self, record: DeploymentRecord) -> None:
        """Add or replace a deployment; operations of an earlier one of that id are dropped."""
        key = record.id.lower()
        earlier = self.deployments.get(key)
        if earlier is not None and earlier is not record:
            for operation_id in earlier.operations:
                self._store.delete("deployment-operation", f"{key}/{operation_id}")
        self.deployments[key] = record
        self._store.put("deployment", key, {"body": record.body, "template": record.template})

    def put_deployment_operation(self, record: DeploymentRecord, operation: JsonObject) -> None:
        """Add or replace an operation of a deployment."""
        record.operations[operation["operationId"]] = operation
        key = record.id.lower()
        order = list(record.operations).index(operation["operationId"])
        self._store.put("deployment-operation", f"{key}/{operation['operationId']}", {"deployment": key, "order": order, "body": operation})

    def delete_deployment(self, deployment_id: str) -> None:
        """Forget a deployment, not what it deployed."""
        key = deployment_id.rstrip("/").lower()
        record = self.deployments.pop(key, None)
        if record is not None:
            self._store.delete("deployment", key)
            for operation_id in record.operations:
                self._store.delete("deployment-operation", f"{key}/{operation_id}")

    # -- long-running operations and what is given out once -----------------------------------------------------------------------------------

    def put_operation(self, operation: JsonObject) -> None:
        """Add or replace a long-running operation, by its `name`."""
        self.operations[operation["name"]] = operation
        self._store.put("operation", operation["name"], operation)

    def delete_operation(self, name: str) -> None:
        """Forget a long-running operation."""
        if self.operations.pop(name, None) is not None:
            self._store.delete("operation", name)

    def new_guid(self) -> str:
        """A GUID that was never there before."""
        return str(uuid.uuid4())

    def new_public_address(self) -> str:
        """A public address, given out once in the life of a lab: scattered over the range, as a cloud's pool is."""
        while True:
            position = (7919 + self._count("public-address") * 75011) % _HALF
            if position % 256 not in (0, 255):
                return str(_PUBLIC[position])

    def new_public_prefix(self, length: int) -> str:
        """A public prefix of its own, out of the upper half of the range."""
        return f"{_PUBLIC[_HALF + self._count('public-prefix') * 256 % _HALF]}/{length}"

    def _count(self, name: str) -> int:
        number = self._counters.get(name, 0)
        self._counters[name] = number + 1
        self._store.put("counter", name, number + 1)
        return number


def copy_json(value: Json) -> Json:
    """A deep copy of a JSON value; quicker than copy.deepcopy."""
    if isinstance(value, dict):
        return {key: copy_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copy_json(item) for item in value]
    return value
