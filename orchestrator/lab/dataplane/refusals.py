"""Why this host cannot give us namespaces, in words: which switch is off, and what to do."""

import errno
from pathlib import Path

from orchestrator.model.errors import CouldNotRun

_APPARMOR = "kernel/apparmor_restrict_unprivileged_userns"
_DEBIAN = "kernel/unprivileged_userns_clone"
_LIMITS = ("user/max_user_namespaces", "user/max_net_namespaces", "user/max_mnt_namespaces", "user/max_pid_namespaces")
_SECCOMP_FILTER = "2"


def explain(error: OSError, proc: Path = Path("/proc")) -> CouldNotRun:
    """The reason and the remedy for a system call that was refused while the lab's namespaces were made."""
    said = f"{error.strerror or error} ({errno.errorcode.get(error.errno or 0, '?')}, {error.filename or 'unshare'})"
    for limit in _LIMITS:
        if _read(proc / "sys" / limit) == "0":
            switch = limit.replace("/", ".")
            return CouldNotRun(f"This host forbids namespaces: {switch}=0; the kernel said: {said}.", f"Set it: sudo sysctl -w {switch}=10000")
    if _read(proc / "sys" / _APPARMOR) == "1":
        return _forbidden("kernel.apparmor_restrict_unprivileged_userns=1", said, "kernel.apparmor_restrict_unprivileged_userns=0")
    if _read(proc / "sys" / _DEBIAN) == "0":
        return _forbidden("kernel.unprivileged_userns_clone=0", said, "kernel.unprivileged_userns_clone=1")
    if error.errno in (errno.ENOSPC, errno.EUSERS):
        return CouldNotRun(
            f"This host has no room for another user namespace; the kernel said: {said}.",
            "They are nested too deep, or user.max_user_namespaces is too low: raise it, or run outside of the container.",
        )
    if _is_filtered(proc):
        return CouldNotRun(
            f"A seccomp filter, probably a container's, forbids namespaces; the kernel said: {said}.",
            "Start the container with --security-opt seccomp=unconfined, or run outside of it.",
        )
    if error.errno == errno.EROFS:
        return CouldNotRun(f"Kernel settings cannot be changed here, probably a container's doing; the kernel said: {said}.", "Run outside of the container.")
    if error.errno in (errno.ENOENT, errno.EPROTONOSUPPORT, errno.EOPNOTSUPP, errno.ENOSYS):
        return CouldNotRun(
            f"This kernel lacks something that the lab's network needs; it said: {said}.",
            "Needed: Linux 5.12 or later with nf_tables (nat, numgen), nfnetlink_queue with nft_queue or xt_NFQUEUE, and veth.",
        )
    return CouldNotRun(f"The lab's namespaces could not be made; the kernel said: {said}.", "Run on a Linux machine that allows user namespaces, or as root.")


def _forbidden(switch: str, said: str, remedy: str) -> CouldNotRun:
    return CouldNotRun(
        f"This host forbids user namespaces to ordinary users: {switch}; the kernel said: {said}.",
        f"Allow them with: sudo sysctl -w {remedy}, or run as root.",
    )


def _read(path: Path) -> str | None:
    try:
        return path.read_text().strip()
    except OSError:
        return None


def _is_filtered(proc: Path) -> bool:
    status = _read(proc / "self" / "status") or ""
    return any(line.split()[1:] == [_SECCOMP_FILTER] for line in status.splitlines() if line.startswith("Seccomp:"))
