"""Names for JSON as Python values."""

from typing import Any, TypeAlias

Json: TypeAlias = Any
"""None, bool, int, float, str, list[Json] or dict[str, Json]; ARM bodies are too open for a closed type."""

JsonObject: TypeAlias = dict[str, Any]
