"""Azure's own engine, where it is found."""

import ctypes.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.arm.harness import HERE, OfficialEngine


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficialEngine]:
    """Azure's engine, or a skip that names it."""
    beside = HERE.parents[2] / "shared" / "official" / "bicep"
    program = Path(os.environ.get("BICEP") or shutil.which("bicep") or beside)
    if not program.exists():
        pytest.skip("the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep)")
    if ctypes.util.find_library("icuuc") is None:
        pytest.skip("the official Bicep CLI needs ICU (apt-get install libicu72)")
    engine = OfficialEngine(program, tmp_path_factory.mktemp("official"))
    yield engine
    engine.stop()
