"""The progress of a deployment: a line for each resource that is done, and on a terminal a live list of those that run."""

import time
from collections.abc import Callable

from orchestrator.reporting.screens import Screen
from orchestrator.reporting.styled_text import BAD, DOUBT, FAINT, GOOD, Line, line

_STYLES = {"Succeeded": GOOD, "Failed": BAD, "Canceled": DOUBT}
_MODULES = "Microsoft.Resources/deployments/"


class ProgressView:
    """What a deployment's resources are doing. Modules (nested deployments) are shown only where they fail."""

    def __init__(self, screen: Screen, clock: Callable[[], float] = time.monotonic) -> None:
        self._screen = screen
        self._clock = clock
        self._began: float | None = None
        self._running: dict[str, float] = {}

    def tell(self, resource: str, state: str, seconds: float | None, detail: str) -> None:
        """A resource has another state."""
        now = self._clock()
        self._began = now if self._began is None else self._began
        if resource.startswith(_MODULES) and state != "Failed":
            return
        began = self._running.setdefault(resource, now)
        if state in _STYLES:
            del self._running[resource]
            took = now - began if seconds is None else seconds
            self._screen.show([self._row(resource, state, f"{took:.1f} s", detail)])
        elif not self._screen.is_live:
            self._screen.show([self._row(resource, state, "", detail)])
        self._screen.draw(self._render_running)

    def end(self) -> None:
        """The live list goes away; what comes next is another deployment."""
        self._screen.draw(None)
        self._began = None
        self._running.clear()

    def _render_running(self) -> list[Line]:
        """Asked by the screen's own thread: a copy of what runs."""
        now = self._clock()
        return [self._row(name, "Running", f"{now - since:.0f} s", "") for name, since in list(self._running.items())]

    def _row(self, resource: str, state: str, took: str, detail: str) -> Line:
        elapsed = 0.0 if self._began is None else self._clock() - self._began
        tail = f"  {took}" if took else ""
        return line((f"  {elapsed:7.1f} s  ", FAINT), (f"{state:<10}", _STYLES.get(state, "")), f"{resource}{tail}", (f"  {detail}" if detail else "", BAD))
