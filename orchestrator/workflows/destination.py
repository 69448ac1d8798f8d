"""The destination of a flow, as a person types it."""

from urllib.parse import urlsplit

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.flows import Endpoint

_PORTS = {"http": 80, "https": 443}
_REMEDY = "Say --to https://registry-1.docker.io, http://10.42.1.7:8080, tcp://HOST:PORT or udp://ntp.ubuntu.com:123; a name without a protocol is https."


def parse_destination(text: str) -> Endpoint:
    """`protocol://host[:port][/path]`, or a name or an address alone, which is https; UserError for anything else."""
    if not text.strip():
        raise UserError([Problem("NoDestination", "`explain` needs a destination", remedy=_REMEDY)])
    try:
        parts = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise _invalid(text, str(error)) from error
    if parts.scheme not in (*_PORTS, "tcp", "udp"):
        raise _invalid(text, f"the protocol {parts.scheme} is none of http, https, tcp, udp")
    if not host or any(character.isspace() or character == "*" for character in host):
        raise _invalid(text, "it names no host")
    if port is None and parts.scheme not in _PORTS:
        raise _invalid(text, f"{parts.scheme} needs a port")
    if port == 0:
        raise _invalid(text, "a port is a number from 1 to 65535")
    return Endpoint(parts.scheme, host, port if port is not None else _PORTS[parts.scheme])


def _invalid(text: str, why: str) -> UserError:
    return UserError([Problem("InvalidDestination", f"--to {text}: {why}", remedy=_REMEDY)])
