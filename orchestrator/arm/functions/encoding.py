"""Base64, data URIs and URIs."""

import base64
import binascii
import urllib.parse

from orchestrator.arm.functions.json_text import parse_json, print_json
from orchestrator.arm.functions.signature import Function
from orchestrator.arm.functions.strings import get_text
from orchestrator.arm.functions.values import Value, invalid, invalid_argument

_UNRESERVED = "-_.~"


def to_base64(text: Value) -> str:
    """UTF-8 as base64."""
    return base64.b64encode(get_text("base64", text).encode()).decode()


def from_base64(text: Value) -> str:
    """UTF-8 out of base64."""
    return _decode("base64ToString", get_text("base64ToString", text))


def json_from_base64(text: Value) -> Value:
    """JSON out of base64."""
    return parse_json(_decode("base64ToJson", get_text("base64ToJson", text)))


def _decode(function: str, text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except binascii.Error:
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
    if head.lower().endswith(";base64"):
        return _decode("dataUriToString", data)
    return urllib.parse.unquote(data)


def uri(base: Value, relative: Value) -> str:
    """A relative URI resolved against an absolute one."""
    root = get_text("uri", base)
    if not urllib.parse.urlsplit(root).scheme:
        raise invalid_argument("uri", f"the base '{root}' must be an absolute URI")
    joined = urllib.parse.urlsplit(urllib.parse.urljoin(root, get_text("uri", relative)))
    return urllib.parse.urlunsplit(joined._replace(path=joined.path or "/"))


def uri_component(text: Value) -> str:
    """Percent-encoded."""
    return urllib.parse.quote(get_text("uriComponent", text), safe=_UNRESERVED)


def uri_component_to_string(text: Value) -> str:
    """Percent-decoded; a plus is a space."""
    return urllib.parse.unquote_plus(get_text("uriComponentToString", text))


FUNCTIONS = {
    "base64": Function(to_base64, 1, 1),
    "base64ToString": Function(from_base64, 1, 1),
    "base64ToJson": Function(json_from_base64, 1, 1),
    "dataUri": Function(data_uri, 1, 1),
    "dataUriToString": Function(data_uri_to_string, 1, 1),
    "uri": Function(uri, 2, 2),
    "uriComponent": Function(uri_component, 1, 1),
    "uriComponentToString": Function(uri_component_to_string, 1, 1),
}
