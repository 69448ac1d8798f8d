"""The official compiler, where it is here, as a running process; and where the tests of the compiler keep their data.

What it says of whole files is kept in tests/corpora/bicep (tests/corpora/bicep_corpus.py).
"""

import ctypes.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
CORPORA = HERE / "corpora"
RELEASE = PROJECT / "tests" / "corpora" / "bicep" / "RELEASE"
LEVELS = ("error", "warning")
Said = list[list[Any]]


def find_official() -> Path | None:
    """The official compiler, where it is here and can run."""
    beside = PROJECT.parent / "shared" / "official" / "bicep"
    program = Path(os.environ.get("BICEP") or shutil.which("bicep") or beside)
    return program if program.exists() and ctypes.util.find_library("icuuc") else None


class Official:
    """A running official compiler (`bicep jsonrpc`); a context manager."""

    def __init__(self, program: Path) -> None:
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "0"}
        self.process = subprocess.Popen(
            [str(program), "jsonrpc", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self.number = 0

    def __enter__(self) -> "Official":
        return self

    def __exit__(self, *_: object) -> None:
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.terminate()
        self.process.wait()

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One request, one answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.number += 1
        body = json.dumps({"jsonrpc": "2.0", "id": self.number, "method": f"bicep/{method}", "params": [params]}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            answer = json.loads(self.process.stdout.read(length))
            if answer.get("id") == self.number:
                return answer["result"]

    def version(self) -> str:
        """The release."""
        return self.ask("version")["version"]

    def compile(self, path: Path) -> tuple[Any, Said]:
        """The document (None where it refuses), and what it says about this very file."""
        params = path.suffix == ".bicepparam"
        answer = self.ask("compileParams", path=str(path), parameterOverrides={}) if params else self.ask("compile", path=str(path))
        text = answer.get("parameters" if params else "contents")
        said = [
            [entry["level"].lower(), entry["code"], entry["range"]["start"]["line"] + 1, entry["range"]["start"]["char"] + 1]
            for entry in answer["diagnostics"]
            if Path(entry["source"]) == path and entry["level"].lower() in LEVELS
        ]
        return json.loads(text) if text and answer["success"] else None, sorted(said, key=lambda entry: (entry[2], entry[3], entry[1]))


def generator_of(template: dict[str, Any]) -> tuple[str, str]:
    """The stamp of a golden template: ours must carry it too for templateHash to be the same."""
    stamp = template["metadata"]["_generator"]
    return stamp["name"], stamp["version"]
