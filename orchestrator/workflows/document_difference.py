"""Where two compiled documents differ, exactly: null is not absent, order in arrays counts."""

import json
from collections.abc import Iterator

from orchestrator.model.json_value import Json

_LONGEST = 160


def find_differences(left: Json, right: Json, path: str = "$") -> list[str]:
    """`$.a.b[2]: left / right` for each place; an absent member is `(absent)`. 1 and 1.0 are equal, True and 1 are not."""
    return list(_differences(left, right, path))


def _differences(left: Json, right: Json, path: str) -> Iterator[str]:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in {**left, **right}:
            yield from _pair(left, right, name, f"{path}.{name}")
    elif isinstance(left, list) and isinstance(right, list):
        left_items, right_items = dict(enumerate(left)), dict(enumerate(right))
        for index in {**left_items, **right_items}:
            yield from _pair(left_items, right_items, index, f"{path}[{index}]")
    elif isinstance(left, bool) is not isinstance(right, bool) or left != right:
        yield f"{path}: {_short(left)} / {_short(right)}"


def _pair(left: dict[Json, Json], right: dict[Json, Json], key: Json, path: str) -> Iterator[str]:
    if key not in left:
        yield f"{path}: (absent) / {_short(right[key])}"
    elif key not in right:
        yield f"{path}: {_short(left[key])} / (absent)"
    else:
        yield from _differences(left[key], right[key], path)


def _short(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
