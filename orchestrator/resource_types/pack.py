"""A pack: one file of named texts, each compressed by itself, so that one is read without the others.

    b"PACK1\n", the index's length (4 bytes, big-endian), the index (JSON, compressed): {name: [offset, length]}, the members
    offsets count from the end of the index; members stand in the order of their names

The bytes depend on the release of zlib, the content never does: what is compared and hashed is the content.
"""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path

MAGIC = b"PACK1\n"
_HEAD = len(MAGIC) + 4


class Pack:
    """The reader of one file; it reads the index when it is first asked, and a member each time it is asked for one."""

    __slots__ = ("_index", "_start", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index: dict[str, list[int]] | None = None
        self._start = 0

    def names(self) -> tuple[str, ...]:
        """The names of all members, sorted."""
        return tuple(self._read_index())

    def find(self, name: str) -> bytes | None:
        """The content of one member."""
        place = self._read_index().get(name)
        if place is None:
            return None
        offset, length = place
        with self.path.open("rb") as file:
            file.seek(self._start + offset)
            return zlib.decompress(file.read(length))

    def _read_index(self) -> dict[str, list[int]]:
        if self._index is None:
            with self.path.open("rb") as file:
                head = file.read(_HEAD)
                if head[: len(MAGIC)] != MAGIC:
                    raise ValueError(f"{self.path} is no pack: it starts with {head[: len(MAGIC)]!r}")
                length = int.from_bytes(head[len(MAGIC) :], "big")
                self._start = _HEAD + length
                self._index = json.loads(zlib.decompress(file.read(length)))
        return self._index


def pack(members: Mapping[str, bytes]) -> bytes:
    """The bytes of a pack that holds these members."""
    index: dict[str, list[int]] = {}
    blobs: list[bytes] = []
    offset = 0
    for name in sorted(members):
        blob = zlib.compress(members[name], 9)
        index[name] = [offset, len(blob)]
        blobs.append(blob)
        offset += len(blob)
    packed_index = zlib.compress(json.dumps(index, separators=(",", ":")).encode(), 9)
    return b"".join((MAGIC, len(packed_index).to_bytes(4, "big"), packed_index, *blobs))
