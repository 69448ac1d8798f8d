"""Room for trees deeper than Python's own bound: one level of a tree is a few frames of whoever walks it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deep_recursion(frames: int) -> Iterator[None]:
    """At least so many frames inside. Some of them are frames of C as well, whose stack bounds what can be asked for to some 10,000."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, frames))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
