"""What the lab knows of a resource type: one row in a provider's table. ARM is uniform, so a row says only where its type differs.

A provider sees other resources through `View` alone. `defaults` is a body: objects are merged, `[]` is a default list, and a list of one object
holds the defaults of every element that is there. `shape` says of what kind the values are that the lab reads: a body of another shape is refused before
any provider, of whichever type, sees it. What Azure computes at a PUT, `compute` writes into the body; what follows from other resources
(back-references), `view` adds when the resource is read, so that it is never stale.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId


class View(Protocol):
    """The lab's state as a provider sees it. Bodies are not to be changed."""

    tenant_id: str
    subscription_id: str

    def find(self, resource_id: str | None) -> JsonObject | None:
        """The body of that id; subnets and other embedded children included."""
        ...

    def of_type(self, type_name: str) -> Sequence[JsonObject]:
        """All bodies of a type."""
        ...

    def find_group(self, group_id: str) -> JsonObject | None:
        """A resource group."""
        ...

    def new_guid(self) -> str:
        """A fresh GUID."""
        ...

    def new_public_address(self) -> str:
        """A public address that was never given out."""
        ...

    def new_public_prefix(self, length: int) -> str:
        """A public prefix that was never given out."""
        ...


@dataclass(frozen=True, slots=True)
class Put:
    """A PUT as a provider sees it. `body`: what was asked, with defaults; the provider writes into it. `existing`: the stored body, if there is one."""

    resource_id: ResourceId
    body: JsonObject
    existing: JsonObject | None
    view: View

    @property
    def properties(self) -> JsonObject:
        """The body's properties."""
        properties: JsonObject = self.body.setdefault("properties", {})
        return properties

    @property
    def existing_properties(self) -> JsonObject:
        """The stored properties; empty where the resource is new."""
        return (self.existing or {}).get("properties") or {}

    def keep(self, name: str, make: Callable[[], Json]) -> Json:
        """A computed property that stays as it is once it was made."""
        value = self.existing_properties.get(name)
        self.properties[name] = make() if value is None else value
        return self.properties[name]


@dataclass(frozen=True, slots=True)
class Companions:
    """Resources that a resource keeps in a group of its own (AKS's node resource group): ids with what is asked for them, in order."""

    group_id: str
    location: str
    resources: tuple[tuple[str, JsonObject], ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """An array in `properties` whose elements are objects with id, type, etag and provisioning state: subnets, routes, ipConfigurations.

    segment: the type segment in their ids. child: they can be read (and, if not read-only, written) as resources of their own.
    kept: a PUT of the parent that does not name the array leaves it as it was.
    """

    name: str
    segment: str
    child: bool = False
    kept: bool = False
    flat: bool = False
    read_only: bool = False


def nothing(*_: object) -> None:
    """What a type does at a step where it is like all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceType:
    """One type. `serial_parent`: two writes below one parent at a time are refused. `data_plane`: packets depend on it."""

    name: str
    defaults: JsonObject = field(default_factory=dict)
    shape: JsonObject = field(default_factory=dict)
    required: tuple[str, ...] = ()
    located: bool = True
    tracked: bool = True
    scope: Literal["group", "extension"] = "group"
    check: Callable[[Put], None] = nothing
    compute: Callable[[Put], None] = nothing
    view: Callable[[JsonObject, View], None] = nothing
    check_delete: Callable[[JsonObject, View], None] = nothing
    companions: Callable[[Put], Companions | None] | None = None
    elements: tuple[Elements, ...] = ()
    long_running: bool = True
    serial_parent: bool = False
    data_plane: bool = False
    writable: bool = True
    etag: bool = False
    secrets: tuple[str, ...] = ()
    builtin: tuple[JsonObject, ...] = ()


REFERENCE: JsonObject = {"id": str}
"""The shape of what names another resource."""

_ENVELOPE: JsonObject = {"tags": {}, "location": str, "sku": {"name": str, "tier": str}, "identity": {"type": str}, "properties": {}}


def check_shape(row: "ResourceType", what: str, body: JsonObject) -> None:
    """InvalidRequestFormat, with the path, where a value is not of the kind that the row (or ARM's envelope) declares. Absent and null are of any kind."""
    for shape in (_ENVELOPE, row.shape):
        path = _find_misshapen(body, shape, "")
        if path is not None:
            raise ArmError("InvalidRequestFormat", f"Cannot parse the request: {path} of {what} has a value of a wrong type.", target=path)


def _find_misshapen(value: Json, shape: Json, path: str) -> str | None:
    if value is None:
        return None
    if isinstance(shape, type):
        return None if isinstance(value, shape) and (shape is bool or not isinstance(value, bool)) else path
    if not isinstance(value, type(shape)):
        return path
    if isinstance(shape, list):
        return next(filter(None, (_find_misshapen(item, shape[0], f"{path}[{i}]") if item is not None else path for i, item in enumerate(value))), None)
    return next(filter(None, (_find_misshapen(value.get(key), inner, f"{path}.{key}".lstrip(".")) for key, inner in shape.items())), None)


def fill_defaults(body: Json, defaults: Json) -> Json:
    """The body with what Azure fills in; nulls are as good as absent. A new value; the arguments stay as they are."""
    if isinstance(body, dict):
        shape = defaults if isinstance(defaults, dict) else {}
        filled = {key: fill_defaults(value, shape.get(key)) for key, value in body.items() if value is not None}
        for key, value in shape.items():
            if key not in filled and not _describes_elements(value):
                filled[key] = fill_defaults({}, value) if isinstance(value, dict) else fill_defaults(value, None)
        return filled
    if isinstance(body, list):
        element = defaults[0] if _describes_elements(defaults) else None
        return [fill_defaults(item, element) for item in body]
    return body


def _describes_elements(defaults: Json) -> bool:
    return isinstance(defaults, list) and len(defaults) == 1 and isinstance(defaults[0], dict)


def get_path(body: JsonObject, path: str) -> Json:
    """The value at a dotted path; None where it is not there."""
    value: Json = body
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def reference_error(put: Put, resource_id: str, what: str) -> ArmError:
    """Azure's refusal of an id that names nothing (Microsoft.Network)."""
    return ArmError(
        "InvalidResourceReference",
        f"Resource {resource_id} referenced by resource {put.resource_id} was not found. Please make sure that the referenced resource exists, "
        f"and that both resources are in the same region. ({what})",
    )


def find_reference(put: Put, reference: Json, what: str) -> JsonObject | None:
    """What `{"id": ...}` names; None where nothing is referred to. Raises InvalidResourceReference where it does not exist."""
    resource_id = reference.get("id") if isinstance(reference, dict) else None
    if resource_id is None:
        return None
    body = put.view.find(str(resource_id))
    if body is None:
        raise reference_error(put, str(resource_id), what)
    return body
