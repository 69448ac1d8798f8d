"""The command line as a person uses it: whole processes, in a copy of the project, with a lab of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
NOT_PASSED_ON = ("CI", "TF_BUILD", "AZURE_SUBSCRIPTION_ID", "AZURE_AUTHORITY_HOST", "AZURE_RESOURCE_MANAGER_ENDPOINT", "ARM_CLOUD_METADATA_URL", "AKS_LAB_PACE")
LONGEST = 120.0


@dataclass(frozen=True)
class Ended:
    """How a process ended."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    """A copy of what a user edits; the code is this repository's."""

    path: Path
    lab: Path

    def command(self, *arguments: str) -> list[str]:
        """The process's command line; `./inv` does the same after it has made the environment."""
        return [sys.executable, "-m", "invoke", "--search-root", str(ROOT), *arguments]

    def environment(self, **more: str) -> dict[str, str]:
        """The process's environment: none of the caller's Azure."""
        clean = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        return {**clean, "AKS_LAB_DIR": str(self.lab), "AKS_LAB_IDLE_SECONDS": "300", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **more}

    def inv(self, *arguments: str, **environment: str) -> Ended:
        """Run a command to its end."""
        done = subprocess.run(
            self.command(*arguments), cwd=self.path, env=self.environment(**environment), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, encoding="utf-8", timeout=LONGEST, check=False,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        """Start a command that will be disturbed."""
        return subprocess.Popen(
            self.command(*arguments), cwd=self.path, env=self.environment(**environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def edit(self, name: str, pattern: str, replacement: str) -> None:
        """Change a file at the one place where `pattern` (a regular expression) matches."""
        path = self.path / name
        text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert count == 1, f"{pattern} matches {count} times in {name}"
        path.write_text(text, encoding="utf-8")

    def enter(self, patch: pytest.MonkeyPatch) -> None:
        """Let this process stand in the project, with its lab: workflows can be called as functions then."""
        for name in NOT_PASSED_ON:
            patch.delenv(name, raising=False)
        patch.setenv("AKS_LAB_DIR", str(self.lab))
        patch.setenv("AKS_LAB_IDLE_SECONDS", "300")
        patch.chdir(self.path)


def validate_report(path: Path) -> None:
    """A report is what its published schema says."""
    schema = json.loads((ROOT / "orchestrator" / "reporting" / "report.schema.json").read_text())
    Draft202012Validator(schema).validate(json.loads(path.read_text()))


def copy_project(folder: Path, lab: Path) -> Project:
    """A copy of bicep/ and parameters/."""
    for name in ("bicep", "parameters"):
        shutil.copytree(ROOT / name, folder / name)
    return Project(folder, lab)
