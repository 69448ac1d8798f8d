"""JSON as ARM's clients really send it: `az deployment group create` writes a bare key `template:` followed by the raw text of the file, comments included."""

import json
import re

from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|,(?=\s*(?:(?://[^\n]*|/\*.*?\*/)\s*)*[}\]])|(?P<key>[A-Za-z_$][\w$]*)(?=\s*:)', re.DOTALL)


def parse_json(data: bytes) -> Json:
    """A request's body; None where it is empty, ArmError (InvalidRequestContent) where it is no JSON even with comments, bare keys and trailing commas."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArmError("InvalidRequestContent", f"The request content is not UTF-8: {error}.") from error
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return json.loads(_TOKEN.sub(_repair, text), strict=False)
    except (ValueError, RecursionError) as error:
        raise ArmError("InvalidRequestContent", f"The request content was invalid and could not be deserialized: '{error}'.") from error


def _repair(match: re.Match[str]) -> str:
    if match["key"]:
        return f'"{match["key"]}"'
    return match[0] if match[0].startswith('"') else " "
