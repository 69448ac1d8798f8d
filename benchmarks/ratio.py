"""What a benchmark is: ours beside another, and how two processes are timed in turns."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300
"""Seconds that one process may take."""


@dataclass(frozen=True)
class Ratio:
    """Ours may take at most `limit` times as long as the other. `measure`: runs -> (ours, other, a note), in seconds; `missing`: what is not here."""

    name: str
    measure: Callable[[int], tuple[float, float, str]]
    limit: float
    needs_lab: bool = False
    missing: str | None = None


def seconds(command: list[str]) -> float:
    """Wall clock of one process, which must succeed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False)
    spent = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return spent


def in_turns(ours: list[str], other: list[str], runs: int) -> tuple[float, float]:
    """The medians of two processes; each runs once before it counts."""
    seconds(ours), seconds(other)
    both = [(seconds(ours), seconds(other)) for _ in range(runs)]
    mine, theirs = (statistics.median(side) for side in zip(*both, strict=True))
    return mine, theirs
