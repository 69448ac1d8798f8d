"""Evaluation within bounds: what is nested too deeply for us is an error like any other, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from orchestrator.arm.functions.values import invalid
from orchestrator.model.recursion import deep_recursion

_FRAMES = 8000


@contextmanager
def bounded_depth() -> Iterator[None]:
    """Room for deep expressions; ArmError where one is deeper."""
    try:
        with deep_recursion(_FRAMES):
            yield
    except RecursionError:
        raise invalid("Something in the template is nested, or depends on one another, too deeply to be evaluated.") from None
