"""Resource groups: is it there, make it, delete it."""

from collections.abc import Mapping

from orchestrator.clients.connection import Connection
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject


def find_resource_group(connection: Connection, name: str) -> JsonObject | None:
    """The group's body; None where it does not exist."""
    try:
        with connection.errors(f"read the resource group {name}"):
            group = connection.resources.resource_groups.get(name)
    except ArmError as error:
        if error.code == "ResourceGroupNotFound":
            return None
        raise
    body: JsonObject = group.as_dict()
    return body


def create_resource_group(connection: Connection, name: str, location: str, tags: Mapping[str, str]) -> None:
    """Make the group, or bring its tags up to date."""
    with connection.errors(f"create the resource group {name}"):
        connection.resources.resource_groups.create_or_update(name, {"location": location, "tags": dict(tags)})


def delete_resource_group(connection: Connection, name: str) -> bool:
    """Delete the group with all in it and wait for that; False where there was none."""
    try:
        with connection.errors(f"delete the resource group {name}"):
            connection.resources.resource_groups.begin_delete(name).result()
    except ArmError as error:
        if error.code == "ResourceGroupNotFound":
            return False
        raise
    return True
