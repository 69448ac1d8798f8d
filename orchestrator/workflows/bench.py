"""`bench`: the benchmarks of this repository."""

from pathlib import Path

from orchestrator.model.reporter import Reporter
from orchestrator.workflows.developer_tools import run_tool
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.session import run_session


def run(only: str = "") -> int:
    """Run the command. `only`: pairs whose name contains this."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        del project, reporter
        return ExitStatus.FAILED if run_tool("benchmarks.run", ["--only", only] if only else []) else ExitStatus.OK

    return run_session("bench", work)
