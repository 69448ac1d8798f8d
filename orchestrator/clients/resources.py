"""Whole bodies of all resources of a group, and of the node resource groups that AKS keeps beside it.

ARM's list of a group has no `properties`, so each resource is read by its id, several at a time: three rounds, however many resources there are.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from orchestrator.clients.api_versions import CHILDREN, RESOURCE_LIST_VERSION, find_api_version
from orchestrator.clients.connection import Connection
from orchestrator.model.errors import ArmError, OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id

_AT_ONCE = 8


def read_resources(connection: Connection, resource_group: str) -> list[JsonObject]:
    """Every resource of the group and of its clusters' node resource groups; ArmError ResourceGroupNotFound where there is no such group."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read") as pool:
        bodies = _read_all(connection, pool, list_resource_ids(connection, resource_group))
        node_groups = [str(group) for body in bodies if (group := (body.get("properties") or {}).get("nodeResourceGroup"))]
        listed = pool.map(lambda group: _list_node_group(connection, group), node_groups)
        return bodies + _read_all(connection, pool, [entry for entries in listed for entry in entries])


def read_each(connection: Connection, resource_ids: Sequence[str]) -> tuple[list[JsonObject], dict[str, str]]:
    """(bodies, with children; id -> why it could not be read, to be said after its name). Any group, any subscription; nothing here ends a command."""
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="read") as pool:
        answers = list(pool.map(lambda resource_id: _try_read(connection, resource_id), resource_ids))
    bodies = [body for answer in answers if isinstance(answer, list) for body in answer]
    return bodies, {resource_id: answer for resource_id, answer in zip(resource_ids, answers, strict=True) if isinstance(answer, str)}


def _try_read(connection: Connection, resource_id: str) -> list[JsonObject] | str:
    """What was read, or why it was not."""
    try:
        return _read(connection, {"id": resource_id}) or "does not exist"
    except ArmError as error:
        if error.status in (401, 403):
            return f"may not be read by this login ({error.code})"
        return f"could not be read ({error.code}: {error.message})"
    except OperationFailed as error:
        return f"could not be read ({error.message})"


def _read_all(connection: Connection, pool: ThreadPoolExecutor, listed: Iterable[JsonObject]) -> list[JsonObject]:
    return [body for bodies in pool.map(lambda entry: _read(connection, entry), listed) for body in bodies]


def list_resource_ids(connection: Connection, resource_group: str) -> list[JsonObject]:
    """What ARM lists of a group: id, name, type, location; no properties."""
    path = f"/subscriptions/{connection.target.subscription_id}/resourceGroups/{resource_group}/resources"
    return _list(connection, path, RESOURCE_LIST_VERSION, f"list the resources of {resource_group}")


def _list_node_group(connection: Connection, resource_group: str) -> list[JsonObject]:
    """Empty where the group is gone already: a cluster that is being deleted."""
    try:
        return list_resource_ids(connection, resource_group)
    except ArmError as error:
        if error.code == "ResourceGroupNotFound":
            return []
        raise


def _list(connection: Connection, path: str, api_version: str, action: str) -> list[JsonObject]:
    found: list[JsonObject] = []
    link: str | None = path
    while link:
        with connection.errors(action):
            page: JsonObject = connection.get(link, api_version).json()
        found += page.get("value") or []
        link = page.get("nextLink")
    return found


def _read(connection: Connection, entry: JsonObject) -> list[JsonObject]:
    """The body of a listed resource and of its children; the entry itself where its namespace is not known here, nothing where it has gone since."""
    resource_id = str(entry["id"])
    type_name = parse_resource_id(resource_id).type
    api_version = find_api_version(type_name)
    if api_version is None:
        return [entry]
    try:
        with connection.errors(f"read {resource_id}"):
            body: JsonObject = connection.get(resource_id, api_version).json()
    except ArmError as error:
        if error.status == 404:
            return []
        raise
    children = [
        child
        for kind in CHILDREN.get(type_name.lower(), ())
        for child in _list(connection, f"{resource_id}/{kind}", api_version, f"list {kind} of {resource_id}")
    ]
    return [body, *children]
