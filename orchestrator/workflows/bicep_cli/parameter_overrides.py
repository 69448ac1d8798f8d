"""A parameters file's text with other values: as if its author had written them, so that every check holds for them too."""

import re

from orchestrator.compiler.artifacts.workspace import SourceFile
from orchestrator.compiler.syntax.declarations import ParameterAssignment
from orchestrator.model.json_value import Json, JsonObject

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "\\$"})


def override_parameters(file: SourceFile, overrides: JsonObject) -> str:
    """The file's text: assignments with other values where they stand, those that it does not have at its end."""
    text, pieces, end = file.source.text, [], 0
    assigned = {one.name.name: one for one in file.program.statements if isinstance(one, ParameterAssignment)}
    for name, assignment in assigned.items():
        if name in overrides:
            pieces += [text[end : assignment.value.start], render_literal(overrides[name])]
            end = assignment.value.end
    added = [f"\n\nparam {name} = {render_literal(value)}" for name, value in overrides.items() if name not in assigned]
    return "".join([*pieces, text[end:], *added])


def render_literal(value: Json) -> str:
    """A JSON value as a Bicep literal; a fraction has none and goes through json()."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return f"json('{value!r}')"
        case str():
            return f"'{value.translate(_ESCAPES)}'"
        case list():
            return "[\n" + "".join(f"{render_literal(item)}\n" for item in value) + "]"
        case _:
            return "{\n" + "".join(f"{_render_key(key)}: {render_literal(member)}\n" for key, member in value.items()) + "}"


def _render_key(key: str) -> str:
    return key if _NAME.fullmatch(key) else render_literal(key)
