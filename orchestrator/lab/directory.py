"""The lab's directory: which files it has, and what `lab.json` says. Standard library only, so that reading it costs nothing."""

import json
import os
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path

from orchestrator.model.errors import OperationFailed
from orchestrator.model.targets import Target, TargetKind

TENANT_ID = "11111111-1111-1111-1111-111111111111"
SUBSCRIPTION_ID = "00000000-0000-0000-0000-0000000001ab"
CLIENT_ID = "00000000-0000-0000-0000-000000000001"
OBJECT_ID = "00000000-0000-0000-0000-0000000000a1"
"""The deployer's object id in the lab's tenant."""


@dataclass(frozen=True, slots=True)
class LabFile:
    """What `lab.json` holds. `pid` is the last daemon's; whether it lives, only its health says."""

    port: int
    client_secret: str = field(repr=False)
    pid: int = 0

    @property
    def url(self) -> str:
        """The endpoint, by the name that is in its certificate."""
        return f"https://localhost:{self.port}"


@dataclass(frozen=True, slots=True)
class LabDirectory:
    """The files of one lab, all below one folder that only its owner reads."""

    path: Path

    @property
    def lab_file(self) -> Path:
        """pid, port and credentials."""
        return self.path / "lab.json"

    @property
    def ca(self) -> Path:
        """The certificate that clients trust."""
        return self.path / "ca.pem"

    @property
    def database(self) -> Path:
        """The state."""
        return self.path / "state.sqlite"

    @property
    def log(self) -> Path:
        """What the daemon and its data plane say."""
        return self.path / "daemon.log"

    @property
    def requests(self) -> Path:
        """What the control plane was asked, and how it answered: one JSON line for each request."""
        return self.path / "requests.jsonl"

    @property
    def lock(self) -> Path:
        """Held by the one daemon of this directory."""
        return self.path / "daemon.lock"

    def make(self) -> None:
        """Make the folder, for its owner alone."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)

    def read(self) -> LabFile | None:
        """What `lab.json` says; None where there is none yet. A broken one is an OperationFailed, not a new lab."""
        try:
            text = self.lab_file.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            data = json.loads(text)
            return LabFile(int(data["port"]), str(data["clientSecret"]), int(data["pid"]))
        except (ValueError, KeyError, TypeError) as error:
            raise OperationFailed(f"{self.lab_file} is damaged ({error}).", f"Delete {self.path} to begin with an empty lab.") from error

    def write(self, lab_file: LabFile) -> None:
        """Replace `lab.json` in one step, readable by its owner only."""
        data = {
            "pid": lab_file.pid,
            "port": lab_file.port,
            "url": lab_file.url,
            "tenantId": TENANT_ID,
            "subscriptionId": SUBSCRIPTION_ID,
            "clientId": CLIENT_ID,
            "clientSecret": lab_file.client_secret,
        }
        write_private(self.lab_file, (json.dumps(data, indent=2) + "\n").encode())

    def target(self, lab_file: LabFile) -> Target:
        """How clients reach this lab."""
        return Target(
            kind=TargetKind.LOCAL,
            subscription_id=SUBSCRIPTION_ID,
            arm_url=lab_file.url,
            authority_url=lab_file.url,
            tenant_id=TENANT_ID,
            client_id=CLIENT_ID,
            client_secret=lab_file.client_secret,
            ca_path=self.ca,
        )


def make_lab_file(previous: LabFile | None, *, port: int, pid: int) -> LabFile:
    """A lab file for a starting daemon: the secret is made once and stays."""
    if previous is not None:
        return replace(previous, port=port, pid=pid)
    return LabFile(port, secrets.token_urlsafe(32), pid)


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 in one step: a reader sees the old one or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
