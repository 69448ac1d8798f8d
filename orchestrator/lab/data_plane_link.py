"""The control plane's end of the data plane: starts it beside the daemon, and keeps it in step with the resources.

Where it cannot run here, everything but the packets works: `applied` returns at once, `run` refuses with the reason and the remedy.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from orchestrator.model.errors import ArmError, CouldNotRun, OrchestratorError
from orchestrator.model.json_value import JsonObject

_LOG = logging.getLogger(__name__)


class ProcessResult(Protocol):
    """What a command did."""

    @property
    def exit_code(self) -> int:
        """Its exit status."""
        ...

    @property
    def output(self) -> str:
        """What it printed."""
        ...


class RunningDataPlane(Protocol):
    """A data plane that runs (`orchestrator.lab.dataplane.client.DataPlane`)."""

    @property
    def notes(self) -> Sequence[str]:
        """What of the last resources its packets do not model, in words."""
        ...

    async def apply(self, resources: Sequence[JsonObject]) -> None:
        """Make the networks be as the resources say."""
        ...

    async def run(
        self,
        cluster_id: str,
        command: str,
        *,
        network: Literal["pod", "node"] = "pod",
        timeout: float,  # noqa: ASYNC109
        node: int = 0,
        environment: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        bare: bool = False,
        report: Callable[[str], None] | None = None,
    ) -> ProcessResult:
        """Run a command inside a cluster."""
        ...

    async def firewall_records(self, firewall_id: str) -> list[JsonObject]:
        """The rows of a firewall's log tables."""
        ...

    async def close(self) -> None:
        """End it."""
        ...


Starter = Callable[[Path], Awaitable[RunningDataPlane]]


class DataPlaneLink:
    """One data plane, started once, started again where it died."""

    def __init__(self, directory: Path, starter: Starter) -> None:
        self._directory = directory
        self._starter = starter
        self._resources: Callable[[], tuple[int, list[JsonObject]]] = lambda: (0, [])
        self._plane: RunningDataPlane | None = None
        self._could_not_run: CouldNotRun | None = None
        self._applied_version = -1
        self._lock = asyncio.Lock()

    def watch(self, resources: Callable[[], tuple[int, list[JsonObject]]]) -> None:
        """Say where the resources, and the number of their version, come from."""
        self._resources = resources

    async def status(self) -> JsonObject:
        """{"available", "reason", "remedy", "notModelled": [...]}; waits for a start that is under way."""
        async with self._lock:
            await self._get_plane()
        problem = self._could_not_run
        notes = list(self._plane.notes) if self._plane is not None else []
        return {"available": problem is None, "reason": problem and problem.reason, "remedy": problem and problem.remedy, "notModelled": notes}

    async def applied(self) -> None:
        """Wait until the packets see the resources as they are now. An ArmError where the data plane fails at it."""
        async with self._lock:
            await self._apply()

    async def _apply(self) -> None:
        for attempt in (1, 2):
            plane = await self._get_plane()
            version, bodies = self._resources()
            if plane is None or version == self._applied_version:
                return
            try:
                await plane.apply(bodies)
            except OrchestratorError as error:
                _LOG.error("data plane, attempt %d: %s", attempt, error)
                await self._drop()
                if attempt == 2:
                    raise ArmError("LabDataPlaneFailed", f"The lab's data plane could not take up the resources: {error}", status=409) from error
            else:
                self._applied_version = version
                return

    async def run(
        self,
        cluster_id: str,
        command: str,
        *,
        network: Literal["pod", "node"],
        seconds: float,
        node: int = 0,
        environment: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
        bare: bool = False,
        report: Callable[[str], None] | None = None,
    ) -> ProcessResult:
        """Run a command in a cluster (see `DataPlane.run`); LabDataPlaneUnavailable where there are no packets here."""
        plane = await self._get_applied()
        try:
            return await plane.run(
                cluster_id, command, network=network, timeout=seconds, node=node, environment=environment, files=files, bare=bare, report=report
            )
        except CouldNotRun as error:
            raise ArmError("LabDataPlaneUnavailable", f"The lab's data plane cannot run here: {error.reason} {error.remedy}", status=409) from error
        except ArmError:
            raise
        except OrchestratorError as error:
            raise ArmError("LabDataPlaneFailed", f"The command could not be run: {error}", status=409) from error

    async def firewall_records(self, firewall_id: str) -> list[JsonObject]:
        """The rows of a firewall's log tables; LabDataPlaneUnavailable where there are no packets here."""
        plane = await self._get_applied()
        try:
            return await plane.firewall_records(firewall_id)
        except OrchestratorError as error:
            raise ArmError("LabDataPlaneFailed", f"The firewall's log could not be read: {error}", status=409) from error

    async def close(self) -> None:
        """End the data plane."""
        async with self._lock:
            await self._drop()

    async def _get_applied(self) -> RunningDataPlane:
        """The data plane in step with the resources; LabDataPlaneUnavailable where there is none."""
        await self.applied()
        if self._plane is not None:
            return self._plane
        problem = self._could_not_run
        reason = f"{problem.reason} {problem.remedy}" if problem is not None else "It is not running."
        raise ArmError("LabDataPlaneUnavailable", f"The lab's data plane cannot run here: {reason}", status=409)

    async def _get_plane(self) -> RunningDataPlane | None:
        if self._plane is None and self._could_not_run is None:
            try:
                self._plane = await self._starter(self._directory)
            except CouldNotRun as error:
                _LOG.warning("data plane: %s", error)
                self._could_not_run = error
        return self._plane

    async def _drop(self) -> None:
        plane, self._plane, self._applied_version = self._plane, None, -1
        if plane is not None:
            await plane.close()
