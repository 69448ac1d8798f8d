"""One resource type out of the table: only the chunk of its namespace and version is read, and of it only what is resolved."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from orchestrator.resource_types.chunks import Chunk
from orchestrator.resource_types.pack import Pack
from orchestrator.resource_types.shapes import ResourceFunction, ResourceType

TABLE = Path(__file__).parent / "table"
_TYPES = Pack(TABLE / "types.pack")


def find_resource_type(name_at_version: str) -> ResourceType | None:
    """The type `Namespace/path@version`, whatever its case; None where the table does not hold it (see `canonical_name` for whether it exists)."""
    name, _, version = name_at_version.lower().partition("@")
    namespace, _, path = name.partition("/")
    chunk = _find_chunk(f"{namespace}@{version}")
    return None if chunk is None else _find_in(chunk, path)


def resource_functions(type_: str, version: str) -> tuple[ResourceFunction, ...]:
    """The functions of a type; it may also be one that is no resource (`Microsoft.Network/locations`, `Microsoft.Storage`)."""
    namespace, _, path = type_.lower().partition("/")
    chunk = _find_chunk(f"{namespace}@{version.lower()}")
    return () if chunk is None else chunk.functions(path)


def resource_types() -> Iterator[ResourceType]:
    """All types of the table, by namespace and version: reads all of it."""
    for name in _TYPES.names():
        chunk = _find_chunk(name)
        if chunk is not None:
            yield from chunk.resources()


@cache
def _find_chunk(name: str) -> Chunk | None:
    content = _TYPES.find(name)
    return None if content is None else Chunk(name, content)


@cache
def _find_in(chunk: Chunk, path: str) -> ResourceType | None:
    return chunk.find_resource(path)
