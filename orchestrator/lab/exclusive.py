"""A lock on a file, held by one process and let go by the system when it ends, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold_exclusively(path: Path) -> Iterator[bool]:
    """True where the lock is ours until the block ends; False, at once, where another process has it."""
    with path.open("ab") as file:
        try:
            _lock(file)
        except OSError:
            yield False
        else:
            yield True
