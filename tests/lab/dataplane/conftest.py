"""One data plane a test process with all four topologies up at once, driven from synchronous tests."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.lab.dataplane.client import DataPlane, ProcessResult
from orchestrator.model.errors import CouldNotRun
from tests.lab.dataplane import topologies


class Plane:
    """A DataPlane with its own event loop."""

    def __init__(self, directory: Path) -> None:
        self.runner = asyncio.Runner()
        self.plane = self.runner.run(DataPlane.start(directory))

    def apply(self, *lists) -> tuple[str, ...]:
        self.runner.run(self.plane.apply([body for resources in lists for body in resources]))
        return self.plane.notes

    def run(self, resources, command, *, timeout=8.0, **options) -> ProcessResult:
        return self.runner.run(self.plane.run(topologies.cluster_id(resources), command, timeout=timeout, **options))

    def run_all(self, resources, commands, *, timeout=8.0) -> list[ProcessResult]:
        async def together() -> list[ProcessResult]:
            calls = [self.plane.run(topologies.cluster_id(resources), command, timeout=timeout, node=i % 3) for i, command in enumerate(commands)]
            return list(await asyncio.gather(*calls))

        return self.runner.run(together())

    def log(self, resources) -> tuple[str, ...]:
        return self.runner.run(self.plane.firewall_log(topologies.find(resources, "azureFirewalls")["id"]))

    def close(self) -> None:
        self.runner.run(self.plane.close())
        self.runner.close()


def start_plane(directory: Path) -> Plane:
    try:
        return Plane(directory)
    except CouldNotRun as refusal:
        pytest.skip(f"no packets here: {refusal}")


@pytest.fixture(scope="session")
def shared_plane(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plane]:
    plane = start_plane(tmp_path_factory.mktemp("plane"))
    yield plane
    plane.close()


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    """One for a test that changes the world."""
    made = start_plane(tmp_path)
    yield made
    made.close()
