"""The lab's own surface below /lab/: is it there, how is it, how slow shall it be, how much does a command print, what did its firewalls log, and end."""

import os
import time
from collections.abc import Callable

from orchestrator.lab.control_plane.messages import Answer, Call
from orchestrator.lab.control_plane.run_command import OUTPUT_BYTES, RunCommand
from orchestrator.lab.resource_manager import ResourceManager
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resource_id import parse_resource_id

_FIREWALL = "microsoft.network/azurefirewalls"


class Admin:
    """Handlers for the lifecycle. `end` makes the daemon end; `idle_seconds` is how long it waits for a request before it does so by itself."""

    def __init__(self, manager: ResourceManager, run_command: RunCommand, end: Callable[[], None], idle_seconds: float) -> None:
        self._manager = manager
        self._run_command = run_command
        self._end = end
        self._idle_seconds = idle_seconds
        self._started = time.time()

    async def health(self, call: Call) -> Answer:
        """GET /lab/health, without a token."""
        del call
        return Answer(200, {"status": "ok", "pid": os.getpid()})

    async def status(self, call: Call) -> Answer:
        """GET /lab/status."""
        return Answer(
            200,
            {
                "pid": os.getpid(),
                "url": call.base,
                "uptimeSeconds": round(time.time() - self._started, 1),
                "idleSeconds": self._idle_seconds,
                "pace": self._manager.pace,
                "resourceGroups": len(self._manager.world.groups),
                "resources": len(self._manager.world.resources),
                "dataPlane": await self._manager.data_plane.status(),
            },
        )

    async def pace(self, call: Call) -> Answer:
        """PUT /lab/pace {"seconds": n}."""
        seconds = call.object_body().get("seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= 600:
            raise ArmError("InvalidPace", "The pace is a number of seconds between 0 and 600.")
        self._manager.pace = float(seconds)
        return Answer(200, {"seconds": self._manager.pace})

    async def command_output(self, call: Call) -> Answer:
        """PUT /lab/command-output {"bytes": n}: where run-command cuts the output off."""
        size = call.object_body().get("bytes")
        if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= OUTPUT_BYTES:
            raise ArmError("InvalidSize", f"The size is a number of bytes between 0 and {OUTPUT_BYTES}.")
        self._run_command.output_bytes = size
        return Answer(200, {"bytes": size})

    async def firewall_log(self, call: Call) -> Answer:
        """GET /lab/firewall-log?resourceGroup=NAME: {"firewalls": [id], "records": [row]}, the rows of AZFWApplicationRule and AZFWNetworkRule by time."""
        group = call.query.get("resourceGroup", "")
        firewalls = [body["id"] for body in self._manager.all_bodies() if _is_firewall_of(body["id"], group)]
        records: list[JsonObject] = []
        for firewall_id in firewalls:
            records += await self._manager.data_plane.firewall_records(firewall_id)
        return Answer(200, {"firewalls": firewalls, "records": sorted(records, key=lambda record: str(record["TimeGenerated"]))})

    async def shutdown(self, call: Call) -> Answer:
        """POST /lab/shutdown."""
        del call
        self._end()
        return Answer(202, {"status": "ending"})


def _is_firewall_of(resource_id: str, group: str) -> bool:
    parsed = parse_resource_id(resource_id)
    return parsed.type.lower() == _FIREWALL and (parsed.resource_group or "").lower() == group.lower()
