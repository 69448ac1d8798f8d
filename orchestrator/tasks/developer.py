"""What a developer of this project runs: tests, checks, benchmarks. They need the packages of dev.lock, too."""

from invoke.context import Context
from invoke.tasks import task

from orchestrator.tasks.calling import OUTPUTS, run


@task(name="test", help={"match": "only tests whose name matches (pytest -k)", "junit": OUTPUTS["junit"], "serial": "one process, for a debugger"})
def run_tests(_: Context, match: str = "", junit: str = "", serial: bool = False) -> None:
    """Run the tests: ./inv test --match whatif"""
    run("test", match, junit, serial=serial)


@task
def check(_: Context) -> None:
    """Lint, format, types and floors: what must pass before a change lands."""
    run("check")


@task(help={"only": "only pairs whose name contains this"})
def bench(_: Context, only: str = "") -> None:
    """Measure what must stay fast, each beside what it is compared with."""
    run("bench", only)


tasks = (run_tests, check, bench)
