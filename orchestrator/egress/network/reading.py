"""Reading bodies: resources by type and by parent, references, texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resources import Resource, Snapshot, is_expression

ByKey: TypeAlias = Mapping[str, tuple[Resource, ...]]


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of a snapshot, indexed once by lower-case type and by lower-case id of the parent."""

    snapshot: Snapshot
    by_type: ByKey
    by_parent: ByKey

    def of_type(self, type_name: str) -> tuple[Resource, ...]:
        """All of a type, in order."""
        return self.by_type.get(type_name.lower(), ())

    def children(self, parent_id: str, kind: str) -> tuple[Resource, ...]:
        """Resources of their own below a parent, of the type's last segment."""
        return tuple(child for child in self.by_parent.get(parent_id.lower(), ()) if child.type.rsplit("/", 1)[-1].lower() == kind.lower())


def index_resources(snapshot: Snapshot) -> Resources:
    """Index a snapshot."""
    by_type: dict[str, list[Resource]] = {}
    by_parent: dict[str, list[Resource]] = {}
    for resource in snapshot:
        by_type.setdefault(resource.type.lower(), []).append(resource)
        if resource.type.count("/") > 1 and not is_expression(resource.id):
            by_parent.setdefault(resource.id.lower().rsplit("/", 2)[0], []).append(resource)
    return Resources(snapshot, {key: tuple(found) for key, found in by_type.items()}, {key: tuple(found) for key, found in by_parent.items()})


def reference_id(value: Json) -> str | None:
    """The id in `{"id": ...}`; None where there is none, or where it stayed an expression."""
    found = value.get("id") if isinstance(value, dict) else None
    return found.rstrip("/") if isinstance(found, str) and found and not is_expression(found) else None


def is_hidden_reference(value: Json) -> bool:
    """True where something is referred to that only the deployment knows."""
    return is_expression(value) or (isinstance(value, dict) and is_expression(value.get("id")))


def reference_ids(values: Json) -> tuple[str, ...]:
    """The ids in a list of references."""
    return tuple(found for value in values if (found := reference_id(value)) is not None) if isinstance(values, list) else ()


def objects(values: Json) -> Iterator[JsonObject]:
    """The objects of a list; nothing for anything else."""
    return (value for value in values if isinstance(value, dict)) if isinstance(values, list) else iter(())


def inner(body: JsonObject) -> JsonObject:
    """The `properties` of a part of a body; empty where there are none."""
    properties = body.get("properties")
    return properties if isinstance(properties, dict) else {}


def texts(values: Json) -> tuple[str, ...]:
    """The texts of a list; one text as a list of one."""
    if isinstance(values, str):
        return (values,)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()


def last_name(resource_id: str | None) -> str:
    """What a reader calls a resource; an expression as a whole, where its id stayed one."""
    if is_expression(resource_id):
        return str(resource_id)
    return (resource_id or "").rstrip("/").rsplit("/", 1)[-1]


def place_of(resource_id: str) -> tuple[str, str]:
    """(subscription, resource group) of an id, in lower case; empty texts where the id stayed an expression."""
    segments = resource_id.lower().split("/")
    return (segments[2], segments[4]) if len(segments) > 4 and not is_expression(resource_id) else ("", "")


def parent_name(resource_id: str) -> str:
    """What a reader calls the parent of a child resource."""
    return last_name(resource_id.rpartition("/")[0].rpartition("/")[0])


def parts_of(resources: Resources, owner: Resource, kind: str) -> Iterator[tuple[str, JsonObject]]:
    """(name, properties) of an owner's parts: those in its body, and those that are resources of their own, each once."""
    own = {child.name.lower(): child for child in resources.children(owner.id, kind)}
    for body in objects(owner.properties.get(kind)):
        name = str(body.get("name", ""))
        if name.lower() not in own:
            yield name, inner(body)
    for child in own.values():
        yield child.name, child.properties
