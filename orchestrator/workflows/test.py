"""`test`: the project's own tests."""

import os
from pathlib import Path

from orchestrator.model.reporter import Reporter
from orchestrator.workflows.developer_tools import run_tool
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.session import run_session


def run(match: str = "", junit: str = "", *, serial: bool = False) -> int:
    """Run pytest, on as many processes as there are processors. `match`: pytest's -k."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        del project, reporter
        arguments = ["-q"]
        if not serial:
            arguments += ["-n", str(min(4, os.cpu_count() or 1))]
        if match:
            arguments += ["-k", match]
        if junit:
            arguments += [f"--junitxml={Path(junit).resolve()}"]
        return ExitStatus.FAILED if run_tool("pytest", arguments) else ExitStatus.OK

    return run_session("test", work)
