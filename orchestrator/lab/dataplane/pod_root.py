"""The file system of a pod: a root of its own with the host's programs read-only, and nothing else of the host.

Programs and libraries come from the host (/usr and its kin). Everything by which a host could leak in is the lab's: /etc (resolv.conf, nsswitch.conf, hosts,
certificates), /run (no sockets of systemd-resolved or nscd). /tmp, which is HOME (no .curlrc, no .netrc), and /proc are made anew for each command.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from orchestrator.lab.dataplane.processes import SERVICE_ACCOUNT
from orchestrator.lab.dataplane.syscalls import CLONE_NEWNS, MS_BIND, MS_NODEV, MS_NOSUID, MS_REC, make_tree_read_only, mount, pivot_root, setns, unshare

_PROGRAMS = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix")
_HOST_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/protocols", "/etc/services")
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
_DEVICE_LINKS = {"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"}
_FOLDERS = ("etc", "proc", "dev", "tmp", "run", "root", "var", "sys", SERVICE_ACCOUNT.removeprefix("/"))

BUNDLE = "/etc/ssl/certs/ca-certificates.crt"
_BUNDLES = (
    BUNDLE,
    "/etc/ssl/cert.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/tls/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
)
"""Where the TLS libraries of the distributions look."""

ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/tmp",  # noqa: S108 - of the pod
    "LANG": "C.UTF-8",
    "CURL_CA_BUNDLE": BUNDLE,
    "SSL_CERT_FILE": BUNDLE,
}


def make_pod_root(folder: Path, dns_servers: Sequence[str], bundle: bytes, curl: Path) -> int:
    """A descriptor of a mount namespace with such a root; `folder`: an empty one to build in, `curl`: the program that has to be reachable."""
    home = os.open("/proc/self/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
    unshare(CLONE_NEWNS)
    try:
        mount("lab", str(folder), "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=64m")
        _fill(folder, dns_servers, bundle, curl)
        pivot_root(str(folder))
        make_tree_read_only("/")
        return os.open("/proc/self/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        setns(home, CLONE_NEWNS)
        os.close(home)


def program_path(curl: Path) -> str:
    """PATH in a pod: the usual folders, and curl's own where it lies elsewhere."""
    own = str(curl.parent)
    usual = ENVIRONMENT["PATH"]
    return usual if own in usual.split(":") else f"{own}:{usual}"


def _fill(root: Path, dns_servers: Sequence[str], bundle: bytes, curl: Path) -> None:
    for name in _FOLDERS:
        (root / name).mkdir(parents=True)
    for source in (*_PROGRAMS, *_further_programs(curl)):
        _take_over(root, Path(source))
    _write_configuration(root, dns_servers, bundle)
    for source in _HOST_FILES:
        _take_over(root, Path(source))
    for name in _DEVICES:
        _take_over(root, Path("/dev") / name)
    for name, target in _DEVICE_LINKS.items():
        (root / "dev" / name).symlink_to(target)
    mount("/proc", str(root / "proc"), None, MS_BIND | MS_REC)


def _further_programs(curl: Path) -> tuple[str, ...]:
    """The prefix of a curl that does not lie under the usual folders (a package manager in a home, /opt)."""
    found = []
    for path in {curl, curl.resolve()}:
        if not any(path.is_relative_to(folder) for folder in _PROGRAMS):
            found.append(str(path.parent.parent))
    return tuple(found)


def _take_over(root: Path, source: Path) -> None:
    """Show a file or folder of the host at the same place; a link stays a link."""
    target = root / source.relative_to("/")
    if source.is_symlink():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(os.readlink(source))
    elif source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        mount(str(source), str(target), None, MS_BIND | MS_REC)
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
        mount(str(source), str(target), None, MS_BIND)


def _write_configuration(root: Path, dns_servers: Sequence[str], bundle: bytes) -> None:
    # short attempts: nothing is lost on the lab's wires, and a probe has to see a DNS failure before its own time is up
    resolver = "".join(f"nameserver {address}\n" for address in dns_servers) + "options timeout:1 attempts:2 single-request\n"
    files = {
        "resolv.conf": resolver,
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n",
        "hosts": "127.0.0.1 localhost\n",
        "passwd": "root:x:0:0:root:/tmp:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
        "group": "root:x:0:\nnogroup:x:65534:\n",
    }
    for name, text in files.items():
        (root / "etc" / name).write_text(text)
    for place in _BUNDLES:
        path = root / place.removeprefix("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bundle)
