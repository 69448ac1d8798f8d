"""What is deployed in an environment's group and around it, read once however many ask."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Snapshot, make_snapshot
from orchestrator.workflows.surroundings import group_scope, read_surroundings, scopes_of

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection


class Deployed:
    """The resources of a group and of its clusters' node resource groups, and those elsewhere that they, or what is planned, refer to; read when asked for."""

    def __init__(self, connection: "Connection", resource_group: str, planned: Sequence[JsonObject] = ()) -> None:
        self._connection = connection
        self._group = resource_group
        self._planned = planned

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """All of them; None where there is no such group."""
        from orchestrator.clients.resources import read_resources

        try:
            bodies = read_resources(self._connection, self._group)
        except ArmError as error:
            if error.code != "ResourceGroupNotFound":
                raise
            return None
        return make_snapshot(bodies).joined(self._read_around(bodies))

    @cached_property
    def surroundings(self) -> Snapshot:
        """What the plan alone refers to elsewhere, where the group itself does not exist yet."""
        return self._read_around(())

    def _read_around(self, bodies: Sequence[JsonObject]) -> Snapshot:
        home = group_scope(self._connection.target.subscription_id, self._group)
        return read_surroundings(self._connection, (*bodies, *self._planned), {home, *scopes_of(bodies)})
