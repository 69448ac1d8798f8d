"""The tools that look after this repository, run as subprocesses of the same Python."""

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from orchestrator.model.errors import OperationFailed

REPOSITORY = Path(__file__).resolve().parents[2]


def run_tool(entry: str, arguments: Sequence[str]) -> int:
    """Run a module (`pytest`) or an entry point (`package.module:function`) in the repository, its output as it comes."""
    module, _, function = entry.partition(":")
    package = module.split(".", 1)[0]
    if find_spec(package) is None and not (REPOSITORY / package).is_dir():
        remedy = "Use ./inv, which installs it, or: pip install --require-hashes -r requirements/dev.lock"
        raise OperationFailed(f"{package} is not installed in {sys.prefix}", remedy)
    start = ["-c", f"import sys; from {module} import {function}; sys.exit({function}())"] if function else ["-m", module]
    sys.stdout.flush()
    return subprocess.run([sys.executable, *start, *arguments], cwd=REPOSITORY, check=False).returncode
