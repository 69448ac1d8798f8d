"""What one input may take: a second of the processor, a bounded memory; more of either is a failure."""

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 1.0
MEMORY = 1 << 30
"""Bytes of address space that a process may have beyond what it has when it begins."""


class TookTooLong(BaseException):
    """The second is over; no `except Exception` may hold it."""


def bound_memory() -> None:
    """From now on an allocation beyond the limit is a MemoryError in this process. Does nothing where /proc does not say how large it is."""
    if not sys.platform.startswith("linux"):
        return
    with open("/proc/self/statm", encoding="ascii") as numbers:
        size = int(numbers.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


@contextmanager
def bounded_time(seconds: float = SECONDS) -> Iterator[None]:
    """TookTooLong after so many seconds of this process's own time: others on the machine do not count."""
    before = signal.signal(signal.SIGPROF, _ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _ring(_: int, __: FrameType | None) -> None:
    raise TookTooLong(f"more than {SECONDS:g} s of the processor")
