"""What is deployed in an environment's group, read once however many ask."""

from functools import cached_property
from typing import TYPE_CHECKING

from orchestrator.model.errors import ArmError
from orchestrator.model.resources import Snapshot, make_snapshot

if TYPE_CHECKING:
    from orchestrator.clients.connection import Connection


class Deployed:
    """The resources of a group and of its clusters' node resource groups, read when they are first asked for."""

    def __init__(self, connection: "Connection", resource_group: str) -> None:
        self._connection = connection
        self._group = resource_group

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """All of them; None where there is no such group."""
        from orchestrator.clients.resources import read_resources

        try:
            return make_snapshot(read_resources(self._connection, self._group))
        except ArmError as error:
            if error.code != "ResourceGroupNotFound":
                raise
            return None
