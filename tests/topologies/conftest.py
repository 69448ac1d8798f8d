"""One lab for all environments, as a user has it; what these tests deploy goes when they end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.lab import lifecycle
from orchestrator.model.targets import Target


@pytest.fixture(scope="session")
def lab_directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    directory = tmp_path_factory.mktemp("topologies-lab")
    yield directory
    lifecycle.stop(directory)


@pytest.fixture
def lab(lab_directory: Path, monkeypatch: pytest.MonkeyPatch) -> Target:
    """The running lab; commands of this process use it."""
    monkeypatch.setenv("AKS_LAB_DIR", str(lab_directory))
    monkeypatch.setenv("AKS_LAB_IDLE_SECONDS", "300")
    for name in ("AZURE_SUBSCRIPTION_ID", "AZURE_AUTHORITY_HOST", "AZURE_RESOURCE_MANAGER_ENDPOINT", "ARM_CLOUD_METADATA_URL"):
        monkeypatch.delenv(name, raising=False)
    return lifecycle.ensure_started(lab_directory)
