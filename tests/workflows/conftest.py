"""A project's copy for each test, and a lab that the tests of this folder share; `cli` beside the tests is importable."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cli import Project, copy_project

from orchestrator.lab import lifecycle


@pytest.fixture(scope="session")
def shared_lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("lab")
    yield directory
    lifecycle.stop(directory)


@pytest.fixture
def project(tmp_path: Path, shared_lab: Path) -> Project:
    return copy_project(tmp_path / "project", shared_lab)


@pytest.fixture
def own_lab(tmp_path: Path) -> Iterator[Project]:
    """A project with a lab of its own, which nobody has started yet."""
    directory = tmp_path / "lab"
    yield copy_project(tmp_path / "project", directory)
    lifecycle.stop(directory)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in which this process stands; its lab is not started, and is stopped by whoever starts it."""
    made = copy_project(tmp_path / "project", tmp_path / "lab")
    made.enter(monkeypatch)
    return made


@pytest.fixture
def inside(copy: Project) -> Iterator[Project]:
    """The same with a lab of its own, which ends with the test: for long stories, in which a process for each command would cost more than the command."""
    yield copy
    lifecycle.stop(copy.lab)
