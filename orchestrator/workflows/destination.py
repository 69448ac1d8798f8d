"""The destination of a flow, as a person types it."""

import ipaddress
import re
from urllib.parse import urlsplit

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.flows import Endpoint

_PORTS = {"http": 80, "https": 443}
_REMEDY = "Say --to https://registry-1.docker.io, http://10.42.1.7:8080, tcp://HOST:PORT or udp://ntp.ubuntu.com:123; a name without a protocol is https."
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_LONGEST_NAME = 253


def parse_destination(text: str) -> Endpoint:
    """`protocol://host[:port][/path]`, or a name or an address alone, which is https; UserError for anything else."""
    if not text.strip():
        raise UserError([Problem("NoDestination", "`explain` needs a destination", remedy=_REMEDY)])
    try:
        parts = urlsplit(text.strip() if "://" in text else f"https://{text.strip()}")
        host = parts.hostname
    except ValueError as error:
        raise _invalid(text, str(error)) from error
    if parts.scheme not in (*_PORTS, "tcp", "udp"):
        raise _invalid(text, f"the protocol {parts.scheme} is none of http, https, tcp, udp")
    if not host or any(character.isspace() or character == "*" for character in host):
        raise _invalid(text, "it names no host")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise _invalid(text, "a port is a number from 1 to 65535")
    if port is None and parts.scheme not in _PORTS:
        raise _invalid(text, f"{parts.scheme} needs a port")
    return Endpoint(parts.scheme, _read_host(text, host), port if port is not None else _PORTS[parts.scheme])


def _read_host(text: str, host: str) -> str:
    """An address, or a name as DNS, rules and certificates write it: small letters, xn-- for others, no dot at the end."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    name = _to_ascii(host.removesuffix("."))
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # curl and browsers take 0x7f.1 or 1.2.3 for an address in an old notation (url.spec.whatwg.org, "ends in a number")
        raise _invalid(text, f"{host} is no address: an address is four numbers from 0 to 255, without zeros in front")
    if len(name) > _LONGEST_NAME or not all(_LABEL.fullmatch(label) for label in labels):
        raise _invalid(text, f"{host} is no name that DNS takes; letters of other scripts can be written as xn--...")
    return name


def _to_ascii(name: str) -> str:
    """The xn-- form; empty where there is none, or where standards differ about it: IDNA 2003 takes another letter for some."""
    try:
        encoded = name.encode("idna")
        return encoded.decode("ascii").lower() if encoded.decode("idna") == name.lower() else ""
    except UnicodeError:
        return ""


def _invalid(text: str, why: str) -> UserError:
    return UserError([Problem("InvalidDestination", f"--to {text}: {why}", remedy=_REMEDY)])
