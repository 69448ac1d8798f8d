"""Resources as a plan, the lab, Azure or a saved file has them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import ResourceId, parse_resource_id


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: its id, and its body as ARM has it (`type`, `name`, `location`, `properties`, ...)."""

    id: str
    body: JsonObject

    @property
    def resource_id(self) -> ResourceId:
        """The id taken apart."""
        return parse_resource_id(self.id)

    @property
    def type(self) -> str:
        """`Namespace/type`, as the id spells it; as the body does where the id stayed an expression."""
        return str(self.body.get("type", "")) if is_expression(self.id) else self.resource_id.type

    @property
    def name(self) -> str:
        """The last name; as the body has it where the id stayed an expression."""
        return str(self.body.get("name", "")) if is_expression(self.id) else self.resource_id.name

    @property
    def properties(self) -> JsonObject:
        """The body's `properties`; empty where there are none (or they are an unresolved expression)."""
        properties = self.body.get("properties")
        return properties if isinstance(properties, dict) else {}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A set of resources, found by id without regard to case. `unread`: id of what is referred to -> why it is not here, as `may not be read`."""

    resources: tuple[Resource, ...]
    unread: Mapping[str, str] = field(default_factory=dict, hash=False)
    _by_id: Mapping[str, Resource] = field(init=False, repr=False, compare=False)
    _by_type: dict[str, list[Resource]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {resource.id.lower(): resource for resource in self.resources})

    def __iter__(self) -> Iterator[Resource]:
        return iter(self.resources)

    def find(self, resource_id: str | None) -> Resource | None:
        """The resource of that id, if it is here."""
        return None if resource_id is None else self._by_id.get(resource_id.rstrip("/").lower())

    def absence(self, resource_id: str | None) -> str:
        """Why a resource is not here, as a reader would say it after its name; of a part (a subnet) why its owner is not."""
        return self.find_absence(resource_id) or "is not among the resources"

    def find_absence(self, resource_id: str | None) -> str | None:
        """The same where it was looked for."""
        key = f"{(resource_id or '').rstrip('/')}/".lower()
        return next((why for owner, why in self.unread.items() if key.startswith(f"{owner.lower()}/")), None)

    def joined(self, other: "Snapshot") -> "Snapshot":
        """With what another one has beside it."""
        more = tuple(resource for resource in other if self.find(resource.id) is None)
        return Snapshot((*self.resources, *more), {**self.unread, **other.unread})

    def of_type(self, type_name: str) -> tuple[Resource, ...]:
        """All resources of a type, in order."""
        if not self._by_type:  # filled at the first question
            for resource in self.resources:
                self._by_type.setdefault(resource.type.lower(), []).append(resource)
        return tuple(self._by_type.get(type_name.lower(), ()))


def make_snapshot(bodies: Iterable[JsonObject], unread: Mapping[str, str] | None = None) -> Snapshot:
    """A Snapshot of bodies that carry their `id` (a list from ARM, or `predictedResources`)."""
    return Snapshot(tuple(Resource(str(body["id"]), body) for body in bodies), unread or {})


def is_expression(value: Json) -> bool:
    """True for a value that stayed an ARM expression: what only the cloud knows. `[[` begins a plain text."""
    return isinstance(value, str) and value.startswith("[") and value.endswith("]") and not value.startswith("[[")
