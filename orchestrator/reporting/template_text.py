"""JSON as the official tools print it: templates and parameters as Newtonsoft.Json, snapshots as System.Text.Json does."""

import json
import re
import unicodedata
from functools import lru_cache

from orchestrator.model.json_value import Json

_NEWTONSOFT = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_NOT_ASCII = re.compile("[^\x20-\x7e\n]")


def render_template(document: Json) -> str:
    """A template or parameters document, indented, without an end of its last line."""
    return _without_lone(json.dumps(document, indent=2, ensure_ascii=False).translate(_NEWTONSOFT))


def render_build_params(parameters: Json, template: Json | None) -> str:
    """What `build-params --stdout` says: both documents as texts in one object, on one line."""
    whole = {
        "parametersJson": render_template(parameters),
        "templateJson": None if template is None else render_template(template),
        "templateSpecId": None,
    }
    return _without_lone(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_NEWTONSOFT))


def render_snapshot(document: Json) -> str:
    """A snapshot, indented, without an end of its last line; what is no plain character of the first plane is escaped."""
    return _NOT_ASCII.sub(lambda match: _escape(match[0]), json.dumps(document, indent=2, ensure_ascii=False))


@lru_cache(maxsize=1024)
def _escape(character: str) -> str:
    if character > "\uffff":
        high, low = divmod(ord(character) - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04X}\\u{0xDC00 + low:04X}"
    return f"\\u{ord(character):04X}" if unicodedata.category(character) in _ESCAPED else character


def _without_lone(text: str) -> str:
    """Half of a pair of surrogates is no character, and no file can hold it."""
    return _LONE.sub("\ufffd", text)
