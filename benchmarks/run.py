"""Time ours beside what it is compared with, taking turns in one run; print the ratio of the medians.

    .venv/bin/python benchmarks/run.py [--runs N] [--only TEXT]

Some need a warm lab with udr deployed in it: that is done first, unless nothing that is asked for needs it.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.egress import growths, measure_growth  # noqa: E402 - the root is not on the path of a script in a folder
from benchmarks.language import comparisons  # noqa: E402
from benchmarks.packets import measure_flow  # noqa: E402
from benchmarks.ratio import LONGEST, Ratio, in_turns, seconds  # noqa: E402
from benchmarks.verify import measure_verify  # noqa: E402

PYTHON = str(Path(sys.prefix) / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
OFFICIAL = os.environ.get("BICEP") or shutil.which("bicep") or str(ROOT.parent / "shared" / "official" / "bicep")
INV = [PYTHON, str(ROOT / "inv")] if os.name == "nt" else [str(ROOT / "inv")]
SDK = [PYTHON, "-c", "import azure.identity, azure.mgmt.resource.deployments"]


def ratios() -> list[Ratio]:
    """What must stay fast."""
    params = str(ROOT / "parameters" / "udr.bicepparam")
    on_lab = ["--env", "udr", "--target", "local"]
    return [
        _pair("build --env udr / bicep build-params", [*INV, "build", "--env", "udr"], [OFFICIAL, "build-params", params, "--stdout"], 0.5),
        _pair("--list / import invoke", [*INV, "--list"], [PYTHON, "-c", "import invoke"], 3),
        _pair("deploy without a change / import of the SDK", [*INV, "deploy", *on_lab, "--yes", "--timeout", "2"], SDK, 15, needs_lab=True),
        _pair("whatif --env udr / import of the SDK", [*INV, "whatif", *on_lab], SDK, 4, needs_lab=True),
        *(Ratio(growth.name, lambda runs, growth=growth: (*measure_growth(growth, runs), ""), growth.limit) for growth in growths()),
        *comparisons(),
        Ratio("a predicted flow / curl in the pod", measure_flow, 1 / 200, needs_lab=True),
        Ratio("verify 60 endpoints / its one silent drop", measure_verify, 1.5, needs_lab=True),
    ]


def _pair(name: str, ours: list[str], other: list[str], limit: float, *, needs_lab: bool = False) -> Ratio:
    """Two processes."""

    return Ratio(name, lambda runs: (*in_turns(ours, other, runs), ""), limit, needs_lab, None if shutil.which(other[0]) else other[0])


def report(ratio: Ratio, runs: int) -> bool:
    """Print one row; True where the ratio is within its limit, or its other side is not on this machine."""
    if ratio.missing is not None:
        print(f"{ratio.name:46} skipped: {ratio.missing} is not on this machine")
        return True
    ours, other, note = ratio.measure(runs)
    found, within = ours / other, ours / other <= ratio.limit
    verdict = "ok" if within else "TOO SLOW"
    print(f"{ratio.name:46} {_time(ours)} {_time(other)}   ratio {found:8.4g}   at most {ratio.limit:6.4g}   {verdict}  {note}".rstrip(), flush=True)
    return within


def _time(value: float) -> str:
    return f"{value:8.3f} s " if value >= 1 else f"{value * 1000:8.3f} ms"


def main() -> int:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", default="", help="those whose name contains this")
    options = parser.parse_args()
    wanted = [ratio for ratio in ratios() if options.only in ratio.name]
    with tempfile.TemporaryDirectory(prefix="bench-lab-") as lab:
        os.environ["AKS_LAB_DIR"] = lab
        if any(ratio.needs_lab for ratio in wanted):
            seconds([*INV, "deploy", "--env", "udr", "--target", "local", "--yes"])
        try:
            return 0 if all([report(ratio, options.runs) for ratio in wanted]) else 1
        finally:
            subprocess.run([*INV, "lab.down"], cwd=ROOT, capture_output=True, timeout=LONGEST, check=False)


if __name__ == "__main__":
    sys.exit(main())
