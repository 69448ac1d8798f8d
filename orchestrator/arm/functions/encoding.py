"""Base64, data URIs and URIs."""

import base64
import urllib.parse

from orchestrator.arm.functions.json_text import parse_json, print_json
from orchestrator.arm.functions.signature import Function
from orchestrator.arm.functions.strings import get_text
from orchestrator.arm.functions.values import Value, check_length, invalid, invalid_argument, is_integer
from orchestrator.model.json_value import JsonObject

_UNRESERVED = "-_.~"
_PORTS = {"http": 80, "https": 443, "ftp": 21}


def to_base64(text: Value) -> str:
    """UTF-8 as base64."""
    encoded = base64.b64encode(get_text("base64", text).encode()).decode()
    check_length(len(encoded))
    return encoded


def from_base64(text: Value) -> str:
    """UTF-8 out of base64."""
    return _decode("base64ToString", get_text("base64ToString", text))


def json_from_base64(text: Value) -> Value:
    """JSON out of base64."""
    return parse_json(_decode("base64ToJson", get_text("base64ToJson", text)))


def _decode(function: str, text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except ValueError:  # binascii.Error is one; what is not ASCII another
        raise invalid(f"The template language function '{function}' parameter is not valid: it is not a base64 string.") from None


def data_uri(text: Value) -> str:
    """A data URI of a text."""
    kind = "text/plain" if isinstance(text, str) else "application/json"
    return f"data:{kind};charset=utf-8;base64,{to_base64(text if isinstance(text, str) else print_json(text))}"


def data_uri_to_string(text: Value) -> str:
    """The text of a data URI."""
    head, comma, data = get_text("dataUriToString", text).partition(",")
    if not comma or not head.lower().startswith("data:"):
        raise invalid_argument("dataUriToString", "the argument must be a data URI")
    charset = next((part[len("charset=") :] for part in head.lower().split(";") if part.startswith("charset=")), "utf-8")
    if charset not in ("utf-8", "utf8"):
        raise invalid(f"The template language function 'dataUriToString' parameter is not valid. The provided charset '{charset}' is not supported.")
    if head.lower().endswith(";base64"):
        return _decode("dataUriToString", data)
    return urllib.parse.unquote(data)


def uri(base: Value, relative: Value) -> str:
    """A relative URI resolved against an absolute one."""
    root = get_text("uri", base)
    if not _split("uri", root).scheme:
        raise invalid(f"The template language function 'uri' expects its first argument to be a uri string. The provided value is '{root}'.")
    _split("uri", get_text("uri", relative))
    joined = _split("uri", urllib.parse.urljoin(root, get_text("uri", relative)))
    parts = joined._replace(netloc=_host_and_port(joined), path=_quote(joined.path or "/"), query=_quote(joined.query), fragment=_quote(joined.fragment))
    return urllib.parse.urlunsplit(parts)


def _host_and_port(parts: urllib.parse.SplitResult) -> str:
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    return f"{user}{at}{parts.hostname or ''}{port}"


def _quote(text: str) -> str:
    return urllib.parse.quote(text, safe="%/:?#[]@!$&'()*+,;=-_.~")


def _split(function: str, text: str) -> urllib.parse.SplitResult:
    """The parts of a URI; ArmError where it is none."""
    try:
        parts = urllib.parse.urlsplit(text)
        _ = parts.port
    except ValueError:
        raise invalid_argument(function, f"'{text}' is not a URI") from None
    return parts


def parse_uri(text: Value) -> JsonObject:
    """What a URI consists of; a default port is null."""
    parts = _split("parseUri", get_text("parseUri", text))
    if not parts.scheme or not parts.netloc:
        raise invalid_argument("parseUri", f"'{text}' is not an absolute URI")
    said: JsonObject = {"scheme": parts.scheme, "host": parts.hostname, "port": None if parts.port == _PORTS.get(parts.scheme) else parts.port}
    if parts.path not in ("", "/"):
        said["path"] = parts.path
    return {**said, "query": f"?{parts.query}"} if parts.query else said


def build_uri(parts: Value) -> str:
    """The URI of {scheme, host, port, path, query}."""
    if not isinstance(parts, dict) or not all(isinstance(parts.get(name), str) for name in ("scheme", "host")):
        raise invalid_argument("buildUri", "the argument must be an object with 'scheme' and 'host'")
    scheme, port = parts["scheme"], parts.get("port")
    if port is not None and not is_integer(port):
        raise invalid_argument("buildUri", "'port' must be of type 'Integer'")
    path, query = str(parts.get("path") or "/"), str(parts.get("query") or "")
    at = "" if port in (None, -1, _PORTS.get(scheme)) else f":{port}"
    return f"{scheme}://{parts['host']}{at}{'' if path.startswith('/') else '/'}{path}{'?' if query and not query.startswith('?') else ''}{query}"


def uri_component(text: Value) -> str:
    """Percent-encoded."""
    return urllib.parse.quote(get_text("uriComponent", text), safe=_UNRESERVED)


def uri_component_to_string(text: Value) -> str:
    """Percent-decoded; a plus is a space."""
    return urllib.parse.unquote_plus(get_text("uriComponentToString", text))


FUNCTIONS = {
    "parseUri": Function(parse_uri, 1, 1),
    "buildUri": Function(build_uri, 1, 1),
    "base64": Function(to_base64, 1, 1),
    "base64ToString": Function(from_base64, 1, 1),
    "base64ToJson": Function(json_from_base64, 1, 1),
    "dataUri": Function(data_uri, 1, 1),
    "dataUriToString": Function(data_uri_to_string, 1, 1),
    "uri": Function(uri, 2, 2),
    "uriComponent": Function(uri_component, 1, 1),
    "uriComponentToString": Function(uri_component_to_string, 1, 1),
}
