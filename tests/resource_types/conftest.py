"""The generator as a module, and Microsoft's types where they are found."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    """tools/resource_types.py."""
    spec = importlib.util.spec_from_file_location("resource_types_generator", ROOT / "tools" / "resource_types.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def source_folder() -> Path:
    """The folder that the committed table was made from: BICEP_TYPES, or beside the project."""
    folder = Path(os.environ.get("BICEP_TYPES") or ROOT.parent / "shared" / "types")
    if not (folder / "index.json").is_file():
        pytest.skip(f"Microsoft's Bicep types are not here: {folder} (set BICEP_TYPES)")
    return folder
