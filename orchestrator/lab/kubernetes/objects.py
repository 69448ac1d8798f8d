"""The objects of one cluster: versions, and watches that miss nothing. In memory: they end with the daemon."""

import asyncio
import datetime
import secrets
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from orchestrator.lab.kubernetes.failures import already_exists, conflict, gone, not_found
from orchestrator.lab.kubernetes.kinds import NAMESPACE, Kind
from orchestrator.lab.state.world import copy_json
from orchestrator.model.json_value import JsonObject

Change = tuple[int, str, Kind, JsonObject]
"""Version, type (ADDED, MODIFIED, DELETED), kind, object."""

_KEPT_CHANGES = 2000
_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"


def now() -> str:
    """The time as Kubernetes writes it."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def random_suffix(length: int = 5) -> str:
    """What `generateName` is completed with."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


class Objects:
    """All objects of a cluster. An object that was given out is never changed: a change makes another one."""

    def __init__(self) -> None:
        self._objects: dict[tuple[str, str, str], JsonObject] = {}
        self._changes: deque[Change] = deque(maxlen=_KEPT_CHANGES)
        self._watchers: set[asyncio.Queue[Change | None]] = set()
        self.version = 1

    def find(self, kind: Kind, namespace: str, name: str) -> JsonObject | None:
        """The object of that name."""
        return self._objects.get((kind.plural, namespace, name))

    def get(self, kind: Kind, namespace: str, name: str) -> JsonObject:
        """The object of that name; a 404 where there is none."""
        found = self.find(kind, namespace, name)
        if found is None:
            raise not_found(kind.plural, name, kind.group)
        return found

    def list_of(self, kind: Kind, namespace: str = "") -> list[JsonObject]:
        """All objects of a kind, by namespace and name; of one namespace where it is given."""
        return [body for key, body in sorted(self._objects.items(), key=lambda pair: pair[0]) if key[0] == kind.plural and namespace in ("", key[1])]

    def create(self, kind: Kind, body: JsonObject) -> JsonObject:
        """Add an object, with what the server fills into its metadata."""
        metadata = body["metadata"]
        if not metadata.get("name"):
            metadata["name"] = f"{metadata['generateName']}{random_suffix()}"
        namespace = metadata.get("namespace", "")
        if namespace and self.find(NAMESPACE, "", namespace) is None:
            raise not_found(NAMESPACE.plural, namespace)
        if self.find(kind, namespace, metadata["name"]) is not None:
            raise already_exists(kind.plural, metadata["name"], kind.group)
        metadata |= {"uid": str(uuid.uuid4()), "creationTimestamp": now()}
        made = {"apiVersion": kind.api_version, "kind": kind.name, **body}
        return self._write("ADDED", kind, made)

    def replace(self, kind: Kind, body: JsonObject, expected_version: str | None = None) -> JsonObject:
        """Another state of an object that is there; a 409 where it is no longer the one that was expected."""
        metadata = body["metadata"]
        current = self.get(kind, metadata.get("namespace", ""), metadata["name"])
        if expected_version and expected_version != current["metadata"]["resourceVersion"]:
            raise conflict(kind.plural, metadata["name"])
        if {**body, "metadata": {**metadata, "resourceVersion": ""}} == {**current, "metadata": {**current["metadata"], "resourceVersion": ""}}:
            return current
        return self._write("MODIFIED", kind, body)

    @contextmanager
    def changing(self, kind: Kind, body: JsonObject) -> Iterator[JsonObject]:
        """A copy of an object's current state, which is written when the block ends; of one that is gone nothing is written."""
        metadata = body["metadata"]
        current = self.find(kind, metadata.get("namespace", ""), metadata["name"])
        alive = current is not None and current["metadata"]["uid"] == metadata["uid"]
        changed: JsonObject = copy_json(current if alive else body)
        yield changed
        if alive:
            self.replace(kind, changed)

    def delete(self, kind: Kind, namespace: str, name: str) -> JsonObject:
        """Remove an object; gives its last state."""
        body = copy_json(self.get(kind, namespace, name))
        del self._objects[kind.plural, namespace, name]
        return self._record("DELETED", kind, body)

    async def watch(self, kind: Kind, since: str, matches: Callable[[JsonObject], bool]) -> AsyncIterator[tuple[str, JsonObject]]:
        """What happens to objects of a kind after a version (empty or 0: first what there is), until `close`. 410 where it is too long ago."""
        queue: asyncio.Queue[Change | None] = asyncio.Queue()
        seen = {key for key, body in self._objects.items() if key[0] == kind.plural and matches(body)} if since not in ("", "0") else set()
        for missed in self._missed(since):
            queue.put_nowait(missed)
        if since in ("", "0"):
            for body in self.list_of(kind):
                queue.put_nowait((self.version, "ADDED", kind, body))
        self._watchers.add(queue)
        try:
            while (change := await queue.get()) is not None:
                _, event, changed_kind, body = change
                if changed_kind is not kind:
                    continue
                key = (kind.plural, body["metadata"].get("namespace", ""), body["metadata"]["name"])
                if event != "DELETED" and not matches(body):
                    event = "DELETED" if key in seen else ""
                if event and (event != "DELETED" or key in seen or matches(body)):
                    seen.discard(key) if event == "DELETED" else seen.add(key)
                    yield event, body
        finally:
            self._watchers.discard(queue)

    def close(self) -> None:
        """End all watches."""
        for queue in self._watchers:
            queue.put_nowait(None)

    def _missed(self, since: str) -> list[Change]:
        if since in ("", "0"):
            return []
        oldest = self._changes[0][0] if self._changes else self.version
        if not since.isdigit() or (int(since) + 1 < oldest and len(self._changes) == _KEPT_CHANGES):
            raise gone(since)
        return [change for change in self._changes if change[0] > int(since)]

    def _write(self, event: str, kind: Kind, body: JsonObject) -> JsonObject:
        written = self._record(event, kind, body)
        self._objects[kind.plural, body["metadata"].get("namespace", ""), body["metadata"]["name"]] = written
        return written

    def _record(self, event: str, kind: Kind, body: JsonObject) -> JsonObject:
        self.version += 1
        body = {**body, "metadata": {**body["metadata"], "resourceVersion": str(self.version)}}
        change = (self.version, event, kind, body)
        self._changes.append(change)
        for queue in self._watchers:
            queue.put_nowait(change)
        return body
