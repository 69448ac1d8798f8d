"""Every request that the control plane answered, one JSON line each in `requests.jsonl`: a test, or a person, sees there what was written, and what was not."""

import json
import os
import time
from pathlib import Path

_LIMIT_BYTES = 16 * 1024 * 1024


class RequestLog:
    """Appends to a file that only its owner reads; it begins anew where it would grow too long."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, method: str, path: str, status: int, milliseconds: float) -> None:
        """{"time", "method", "path", "status", "milliseconds"}; the request has been answered with that status."""
        now = time.time()
        row = {"time": round(now, 3), "method": method, "path": path, "status": status, "milliseconds": round(milliseconds, 1)}
        too_long = self._path.exists() and self._path.stat().st_size > _LIMIT_BYTES
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if too_long else os.O_APPEND), 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
