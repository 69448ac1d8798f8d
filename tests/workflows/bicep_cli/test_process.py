"""The drop-in as other programs meet it: a `bicep` on PATH, ./inv bicep, a stamp of somebody else's."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.compiler.compile import GENERATOR
from orchestrator.model.errors import UserError
from orchestrator.workflows.bicep_cli import run
from orchestrator.workflows.bicep_cli.dispatch import FOLLOWS, OURS
from orchestrator.workflows.bicep_install import install_shim

ROOT = Path(__file__).resolve().parents[3]
AZ_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
AZ_WARNING = re.compile(r"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?\)\s+:\s+(Warning)\s+([a-zA-Z-\d]+):\s*(.*?)\s+\[(.*?)\]$")
"""What azure-cli looks for in `--version`, and how it tells warnings from errors."""


@pytest.fixture
def bicep(tmp_path: Path):
    """A `bicep` in a folder, and a folder whose files are called as Python's modules to work in."""
    shim = install_shim(tmp_path / "a folder", "bicep/0.49.2.45890", windows=False)
    work = tmp_path / "work"
    work.mkdir()
    (work / "json.py").write_text("raise SystemExit('not me')\n")
    (work / "a b.bicep").write_text("param unused int\noutput o string = 'x'\n")

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
        return subprocess.run(["bicep", *words], cwd=work, env=environment, capture_output=True, text=True, timeout=60, check=False)

    return call


def test_a_bicep_on_path_works_anywhere(bicep) -> None:
    done = bicep("build", "a b.bicep", "--stdout")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["metadata"]["_generator"]["version"] == "0.49.2.45890"
    assert AZ_WARNING.match(done.stderr.rstrip("\n"))


def test_the_version_is_one_that_az_reads_and_says_whose_it_is(bicep) -> None:
    done = bicep("--version")
    assert AZ_VERSION.search(done.stdout)[0] == FOLLOWS
    assert done.stdout == f"Bicep CLI version {FOLLOWS} ({' '.join(GENERATOR)})\n"
    assert " ".join(GENERATOR) == OURS


def test_inv_bicep_takes_words_with_blanks(tmp_path: Path) -> None:
    (tmp_path / "a b.bicep").write_text("output o string = 'x'\n")
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "bicep", "--", "build", "a b.bicep", "--stdout"]
    done = subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outputs"] == {"o": {"type": "string", "value": "x"}}


def test_another_bicep_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bicep").write_text("#!/bin/sh\n")
    with pytest.raises(UserError, match="another bicep is there"):
        install_shim(tmp_path, "", windows=False)
    assert (tmp_path / "bicep").read_text() == "#!/bin/sh\n"


def test_a_shim_for_windows_ends_its_lines_so(tmp_path: Path) -> None:
    text = install_shim(tmp_path, "bicep/1.2.3", windows=True).read_bytes()
    assert text.startswith(b"@echo off\r\n")
    assert b'set "BICEP_CLI_GENERATOR=bicep/1.2.3"\r\n' in text
    assert text.endswith(b" %*\r\n")


@pytest.mark.parametrize(
    ("words", "variable", "name", "version"),
    [
        ((), "", *GENERATOR),
        (("--generator", "bicep/0.40.1.5"), "", "bicep", "0.40.1.5"),
        ((), "bicep/0.41.0", "bicep", "0.41.0"),
        (("--generator=own/1",), "bicep/0.41.0", "own", "1"),
    ],
)
def test_the_stamp(words, variable, name, version, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "main.bicep").write_text("output o string = 'x'\n")
    assert run(["build", str(tmp_path / "main.bicep"), "--stdout", *words], {"BICEP_CLI_GENERATOR": variable}) == 0
    stamp = json.loads(capsysbinary.readouterr().out)["metadata"]["_generator"]
    assert (stamp["name"], stamp["version"]) == (name, version)


def test_a_stamp_of_another_form_is_refused(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "main.bicep").write_text("")
    assert run(["build", str(tmp_path / "main.bicep"), "--generator", "bicep"], {}) == 1
    assert b"NAME/VERSION" in capsysbinary.readouterr().err


@pytest.mark.parametrize("command", ["decompile", "publish", "restore", "jsonrpc"])
def test_what_is_not_in_says_so(command: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run([command, "main.json"], {}) == 1
    said = capsysbinary.readouterr()
    assert said.out == b""
    assert b"official" in said.err
