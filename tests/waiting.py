"""Waiting for what another process brings about: asked again and again, never a fixed sleep as proof."""

import time
from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")


def wait_until(ask: Callable[[], _Found], *, seconds: float = 60.0, interval: float = 0.02) -> _Found:
    """The first answer that is true; AssertionError where there is none within that time, which is long, since the machine may be busy."""
    end = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < end, f"it did not come about within {seconds:.0f} s"
        time.sleep(interval)
    return found
