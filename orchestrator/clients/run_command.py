"""A shell command inside a cluster, through AKS run-command."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestrator.clients.answers import whole_body
from orchestrator.clients.connection import Connection
from orchestrator.model.errors import OperationFailed
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What the command said. The request's own success says nothing about it: `exit_code` is the command's."""

    exit_code: int
    output: str


def run_command(
    connection: Connection, cluster_id: str, command: str, *, timeout: float, tick: Callable[[float], None] | None = None, every: float = 10.0
) -> CommandResult:  # fmt: skip
    """Run `sh -c command` in a pod of the cluster. OperationFailed where no result came within `timeout` seconds, or it has no exit code.

    tick: is told, `every` so many seconds, for how long it has been waited.
    """
    cluster = parse_resource_id(cluster_id)
    with connection.errors(f"run a command in the cluster {cluster.name}"):
        poller: Any = connection.containers.managed_clusters.begin_run_command(
            cluster.resource_group or "", cluster.name, {"command": command}, cls=whole_body, polling_interval=0.1 if connection.is_local else 1.0
        )
        began = time.monotonic()
        while not poller.done() and (left := began + timeout - time.monotonic()) > 0:
            poller.wait(min(left, every))
            if tick is not None and not poller.done():
                tick(time.monotonic() - began)
        if not poller.done():
            raise OperationFailed(f"the cluster {cluster.name} gave no result within {timeout:.0f} s", "Is the cluster running? Run `verify` again.")
        body: JsonObject = poller.result()
    properties = body.get("properties") or {}
    exit_code = properties.get("exitCode")
    if exit_code is None:
        reason = properties.get("reason") or properties.get("provisioningState") or "no reason given"
        raise OperationFailed(f"the cluster {cluster.name} ran no command: {reason}", "A policy or a taint may refuse the command's pod.")
    return CommandResult(int(exit_code), str(properties.get("logs") or ""))


def begin_command(connection: Connection, cluster_id: str, command: str) -> None:
    """Have the cluster run a command, and do not wait for its result."""
    cluster = parse_resource_id(cluster_id)
    with connection.errors(f"run a command in the cluster {cluster.name}"):
        operations: Any = connection.containers.managed_clusters
        operations.begin_run_command(cluster.resource_group or "", cluster.name, {"command": command}, polling=False)
