"""`bicep.install`: a `bicep` for PATH that is our drop-in, in the folder that the user names and nowhere else."""

import os
import shlex
import sys
from pathlib import Path

from orchestrator.model.errors import OperationFailed, Problem, UserError
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.documents import write_document
from orchestrator.workflows.bicep_cli.stamp import VARIABLE, choose_stamp
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.session import run_session

MARK = "written by aks-egress-orchestrator, ./inv bicep.install"
ROOT = Path(__file__).resolve().parents[2]
MODULE = "orchestrator.workflows.bicep_cli"


def run(directory: str = "", generator: str = "") -> int:
    """Run the command. generator: NAME/VERSION that every template made through this `bicep` is stamped with."""

    def work(_: Path, reporter: Reporter) -> ExitStatus:
        if not directory:
            raise UserError([Problem("NoDirectory", "`bicep.install` needs a folder", remedy="Say --directory DIR, such as ~/.local/bin.")])
        choose_stamp(generator, {})
        path = install_shim(Path(directory).expanduser().absolute(), generator, windows=os.name == "nt")
        reporter.note(f"{path} runs our Bicep CLI. For az: put its folder first on PATH, and `az config set bicep.use_binary_from_path=true`.")
        return ExitStatus.OK

    return run_session("bicep.install", work)


def install_shim(directory: Path, generator: str, *, windows: bool) -> Path:
    """Write it; another program that is called so is left as it is (UserError)."""
    path = directory / ("bicep.cmd" if windows else "bicep")
    if path.exists() and MARK.encode() not in path.read_bytes()[:200]:
        raise UserError([Problem("AnotherBicep", "another bicep is there", str(path), "Name another folder, or take it away.")])
    write_document(str(path), _render_cmd(generator) if windows else _render_sh(generator))
    try:
        path.chmod(0o755)
    except OSError as error:
        raise OperationFailed(f"cannot make {path} executable: {error.strerror}") from error
    return path


def _render_sh(generator: str) -> str:
    """-P: a folder where somebody calls `bicep` may hold files that are called as Python's own modules."""
    variables = {"PYTHONPATH": str(ROOT), **({VARIABLE: generator} if generator else {})}
    words = " ".join(f"{name}={shlex.quote(value)}" for name, value in variables.items())
    return f'#!/bin/sh\n# {MARK}\n{words} exec {shlex.quote(sys.executable)} -P -m {MODULE} "$@"\n'


def _render_cmd(generator: str) -> str:
    stamp = f'set "{VARIABLE}={generator}"\r\n' if generator else ""
    return f'@echo off\r\nrem {MARK}\r\nsetlocal\r\nset "PYTHONPATH={ROOT}"\r\n{stamp}"{sys.executable}" -P -m {MODULE} %*\r\n'
