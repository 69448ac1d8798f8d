"""Time whole processes in pairs: ours beside what it is compared with, taking turns; print the ratio of the medians.

    .venv/bin/python benchmarks/run.py [--runs N] [--only TEXT]

The last pairs need a warm lab with udr deployed in it: that is done first, unless no pair that is asked for needs it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(Path(sys.prefix) / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
OFFICIAL = os.environ.get("BICEP") or shutil.which("bicep") or str(ROOT.parent / "shared" / "official" / "bicep")
INV = [PYTHON, str(ROOT / "inv")] if os.name == "nt" else [str(ROOT / "inv")]
SDK = [PYTHON, "-c", "import azure.identity, azure.mgmt.resource.deployments"]
LONGEST = 300
"""Seconds that one process may take."""


@dataclass(frozen=True)
class Pair:
    """`ours` may take at most `limit` times as long as `other`."""

    name: str
    ours: list[str]
    other: list[str]
    limit: float
    needs_lab: bool = False


def pairs() -> list[Pair]:
    """What must stay fast."""
    params = str(ROOT / "parameters" / "udr.bicepparam")
    on_lab = ["--env", "udr", "--target", "local"]
    return [
        Pair("build --env udr / bicep build-params", [*INV, "build", "--env", "udr"], [OFFICIAL, "build-params", params, "--stdout"], 0.5),
        Pair("--list / import invoke", [*INV, "--list"], [PYTHON, "-c", "import invoke"], 3),
        Pair("deploy without a change / import of the SDK", [*INV, "deploy", *on_lab, "--yes", "--timeout", "2"], SDK, 15, needs_lab=True),
        Pair("whatif --env udr / import of the SDK", [*INV, "whatif", *on_lab], SDK, 4, needs_lab=True),
    ]


def seconds(command: list[str]) -> float:
    """Wall clock of one process, which must succeed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False)
    spent = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return spent


def measure(pair: Pair, runs: int) -> bool:
    """Print one row; True where the ratio is within its limit."""
    seconds(pair.ours), seconds(pair.other)
    both = [(seconds(pair.ours), seconds(pair.other)) for _ in range(runs)]
    ours, other = (statistics.median(side) for side in zip(*both, strict=True))
    ratio = ours / other
    within = ratio <= pair.limit
    print(f"{pair.name:46} {ours:7.3f} s {other:7.3f} s   ratio {ratio:6.2f}   at most {pair.limit:5.1f}   {'ok' if within else 'TOO SLOW'}", flush=True)
    return within


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", default="", help="pairs whose name contains this")
    options = parser.parse_args()
    wanted = [pair for pair in pairs() if options.only in pair.name]
    with tempfile.TemporaryDirectory(prefix="bench-lab-") as lab:
        os.environ["AKS_LAB_DIR"] = lab
        if any(pair.needs_lab for pair in wanted):
            seconds([*INV, "deploy", "--env", "udr", "--target", "local", "--yes"])
        try:
            return 0 if all([measure_or_skip(pair, options.runs) for pair in wanted]) else 1
        finally:
            subprocess.run([*INV, "lab.down"], cwd=ROOT, capture_output=True, timeout=LONGEST, check=False)


def measure_or_skip(pair: Pair, runs: int) -> bool:
    """A pair whose other side is not here is said, not counted."""
    if shutil.which(pair.other[0]) is None:
        print(f"{pair.name:46} skipped: {pair.other[0]} is not on this machine")
        return True
    return measure(pair, runs)


if __name__ == "__main__":
    sys.exit(main())
