"""What `#disable-next-line`, `#disable-diagnostics` and `#restore-diagnostics` take out, by code and line."""

from bisect import bisect_left
from collections.abc import Iterable

from orchestrator.compiler.syntax.source_text import SourceText
from orchestrator.compiler.syntax.tokens import Pragma


class Silencing:
    """The pragmas of one file, sorted once."""

    def __init__(self, source: SourceText, pragmas: Iterable[Pragma]) -> None:
        self._next_line: dict[int, set[str]] = {}
        self._switches: dict[str, list[tuple[int, bool]]] = {}
        for pragma in pragmas:
            line = source.position(pragma.start).line
            if pragma.kind == "disable-next-line":
                self._next_line.setdefault(line + 1, set()).update(pragma.codes)
            else:
                for code in pragma.codes:
                    self._switches.setdefault(code, []).append((line, pragma.kind == "disable-diagnostics"))

    def covers(self, code: str, line: int) -> bool:
        """True where a diagnostic of that code on that line is taken out."""
        if code in self._next_line.get(line, ()):
            return True
        switches = self._switches.get(code, [])
        before = bisect_left(switches, (line, False))
        return before > 0 and switches[before - 1][1]
