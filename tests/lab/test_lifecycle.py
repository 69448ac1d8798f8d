"""The daemon: started once, found again, ended; private files; certificates that strict clients accept."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from cryptography import x509

from orchestrator.lab import lifecycle
from orchestrator.lab.certificates import ensure_certificates
from orchestrator.lab.tokens import LIFETIME_SECONDS, check_token, make_token
from orchestrator.model.errors import OperationFailed
from orchestrator.model.targets import Target, TargetKind
from tests.waiting import wait_until


def test_two_starters_at_once_get_one_lab(own_directory: Path) -> None:
    directory = own_directory
    assert lifecycle.running(directory) is None
    assert lifecycle.status(directory) == {"running": False, "directory": str(directory)}
    targets: list[Target] = []
    threads = [threading.Thread(target=lambda: targets.append(lifecycle.ensure_started(directory))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(targets) == 3
    assert targets[0] == targets[1] == targets[2] == lifecycle.running(directory)
    assert targets[0].kind is TargetKind.LOCAL
    said = lifecycle.status(directory)
    assert (said["running"], said["url"], said["pace"]) == (True, targets[0].arm_url, 0)
    assert lifecycle.ensure_started(directory, pace=0.1) == targets[0]
    assert lifecycle.status(directory)["pace"] == 0.1
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE((directory / name).stat().st_mode) for name in ("lab.json", "ca.key", "server.key", "state.sqlite", "daemon.log")} == {0o600}
    assert lifecycle.stop(directory) is True
    assert lifecycle.running(directory) is None


def wait_for_end(directory: Path) -> None:
    wait_until(lambda: lifecycle.running(directory) is None)


def test_it_ends_by_itself_when_idle(own_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKS_LAB_IDLE_SECONDS", "0.4")
    lifecycle.ensure_started(own_directory)
    wait_for_end(own_directory)


def test_it_is_started_again_after_kill_9(own_directory: Path) -> None:
    target = lifecycle.ensure_started(own_directory)
    os.kill(lifecycle.status(own_directory)["pid"], signal.SIGKILL)
    assert lifecycle.ensure_started(own_directory) == target


def test_a_damaged_file_is_said_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "lab.json").write_text("{")
    with pytest.raises(OperationFailed, match="damaged"):
        lifecycle.ensure_started(tmp_path)
    assert (tmp_path / "lab.json").read_text() == "{"


def test_certificates_are_strict_and_stay(tmp_path: Path) -> None:
    certificate, key = ensure_certificates(tmp_path)
    first = [path.read_bytes() for path in (certificate, key, tmp_path / "ca.pem")]
    ensure_certificates(tmp_path)
    assert [path.read_bytes() for path in (certificate, key, tmp_path / "ca.pem")] == first
    server, authority = x509.load_pem_x509_certificate(first[0]), x509.load_pem_x509_certificate(first[2])
    server.verify_directly_issued_by(authority)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1"]
    assert authority.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is True
    issuer = server.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert issuer.key_identifier == authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest


def test_tokens() -> None:
    token = make_token("secret", "https://localhost")
    assert check_token("secret", token) is None
    assert check_token("other", token) is not None
    assert check_token("secret", token, now=time.time() + LIFETIME_SECONDS + 1) == "The access token has expired."
    head, claims, signature = token.split(".")
    for forged in (f"{head}.{claims}.", f"{head}..{signature}", f"{head}.{claims}x.{signature}", "", "...", "é"):
        assert check_token("secret", forged) is not None


def test_the_lifecycle_imports_nothing_heavy() -> None:
    program = "import sys, orchestrator.lab.lifecycle; print(sorted({'aiohttp', 'asyncio', 'azure', 'cryptography', 'sqlite3'} & set(sys.modules)))"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root).stdout.strip() == "[]"
