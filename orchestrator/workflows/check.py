"""`check`: lint, format, types and floors, all of them, however many fail."""

from pathlib import Path

from orchestrator.model.reporter import Reporter
from orchestrator.workflows.developer_tools import run_tool
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.session import run_session

CHECKS = (
    ("lint", "ruff", ("check", ".")),
    ("format", "ruff", ("format", "--check", ".")),
    ("types", "mypy", ()),
    ("floors", "importlinter.cli:lint_imports_command", ()),
)


def run() -> int:
    """Run the command."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        del project
        failed = []
        for name, module, arguments in CHECKS:
            reporter.step(name)
            if run_tool(module, arguments):
                failed.append(name)
        reporter.note(f"failed: {', '.join(failed)}" if failed else "lint, format, types and floors are as they should be")
        return ExitStatus.FAILED if failed else ExitStatus.OK

    return run_session("check", work)
