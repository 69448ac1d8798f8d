"""Resources of several templates by id, as `reference()` of each sees them: what exists, what templates make, parts of bodies, and what Azure computes."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from orchestrator.arm.functions.values import find_key
from orchestrator.arm.template.overlay import lay_over
from orchestrator.model.json_value import JsonObject

Find: TypeAlias = Callable[[str], JsonObject | None]
Compute: TypeAlias = Callable[[str, JsonObject, Find], JsonObject]
"""(id, body, how to find other bodies) -> the properties that Azure will add to it, as far as its documentation tells them."""


def compute_nothing(resource_id: str, body: JsonObject, find: Find) -> JsonObject:  # noqa: ARG001 - a Compute
    """Azure adds nothing."""
    return {}


class ResourceSet:
    """Bodies by lower-case id. What a template makes lies over what exists; `stamps` says when a body changed last."""

    def __init__(self, existing: Iterable[JsonObject] = (), compute: Compute = compute_nothing) -> None:
        self._existing = {str(body["id"]).rstrip("/").lower(): body for body in existing}
        self._made: dict[str, JsonObject] = {}
        self._compute = compute
        self._views: dict[str, tuple[JsonObject | None, frozenset[str]]] = {}
        self.stamps: dict[str, int] = {}
        self.time = 0

    def take(self, before: Mapping[str, JsonObject], bodies: Mapping[str, JsonObject], *, exists: bool = False) -> None:
        """Take what a template makes, by lower-case ids, instead of what it made before. `exists`: it is there already."""
        changed = [key for key in {*before, *bodies} if before.get(key) != bodies.get(key)]
        if not changed:
            return
        self.time += 1
        there = self._existing if exists else self._made
        for key in changed:
            self.stamps[key] = self.time
            there.pop(key, None)
            if key in bodies:
                there[key] = bodies[key]
        self._views.clear()

    def find(self, resource_id: str) -> JsonObject | None:
        """A body by id: a resource's, or that of a child which stands in the body of its parent."""
        key = resource_id.rstrip("/").lower()
        made, exists = self._made.get(key), self._existing.get(key)
        if made is not None:
            return made if exists is None else lay_over(exists, made)
        return exists if exists is not None else self._find_inside(resource_id.rstrip("/"), key)

    def view(self, resource_id: str) -> tuple[JsonObject | None, frozenset[str]]:
        """A body as `reference()` gives it, with what Azure computes below what is said; and the lower-case ids that were looked at for that."""
        key = resource_id.rstrip("/").lower()
        if key not in self._views:
            self._views[key] = self._make_view(resource_id.rstrip("/"))
        return self._views[key]

    def _make_view(self, resource_id: str) -> tuple[JsonObject | None, frozenset[str]]:
        looked = {resource_id.lower(), parent_of(resource_id.lower())}

        def find(other_id: str) -> JsonObject | None:
            looked.update((other_id.rstrip("/").lower(), parent_of(other_id.lower())))
            return self.find(other_id)

        body = self.find(resource_id)
        computed = self._compute(resource_id, body, find) if body is not None else {}
        return (lay_over({"properties": computed}, body) if computed else body), frozenset(looked)

    def _find_inside(self, resource_id: str, key: str) -> JsonObject | None:
        parent_key = parent_of(key)
        parent = self._made.get(parent_key) or self._existing.get(parent_key)
        properties = parent.get("properties") if parent is not None else None
        if parent is None or not isinstance(properties, dict):
            return None
        kind, name = key.rsplit("/", 2)[1:]
        listed = properties.get(find_key(properties, kind) or kind)
        for item in listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and str(item.get("name", "")).lower() == name:
                return {"id": resource_id, "type": f"{parent.get('type', '')}/{kind}", "name": item["name"], "properties": item.get("properties") or {}}
        return None


def parent_of(key: str) -> str:
    """The id of what a child is in: `.../virtualNetworks/hub` of `.../virtualNetworks/hub/subnets/a`."""
    return key.rstrip("/").rsplit("/", 2)[0]
