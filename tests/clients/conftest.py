"""`arm_server` beside the tests is importable; connections are closed, so that no socket is left to the garbage collector."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from orchestrator.clients.connection import Connection, connect
from orchestrator.model.targets import Target


@pytest.fixture
def connected() -> Iterator[Callable[[Target], Connection]]:
    opened: list[Connection] = []

    def open_one(target: Target) -> Connection:
        opened.append(connect(target, {}))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()
