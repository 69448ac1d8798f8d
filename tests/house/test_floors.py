"""The floor contracts of pyproject.toml hold, and they can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache"]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a checkout."""
    return subprocess.run(LINT_IMPORTS, cwd=root, capture_output=True, text=True, timeout=120, check=False)


def test_the_floors_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_upwards_breaks_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "orchestrator", tmp_path / "orchestrator", ignore=shutil.ignore_patterns("__pycache__", "table"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "orchestrator" / "model" / "errors.py").open("a", encoding="utf-8") as module:
        module.write("\nimport orchestrator.workflows\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "orchestrator.model.errors -> orchestrator.workflows" in done.stdout
