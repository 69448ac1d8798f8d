"""`format`: Bicep files as the official formatter prints them, by the `formatting` section of bicepconfig.json; `--check` writes nothing."""

from collections.abc import Sequence
from pathlib import Path

from orchestrator.model.reporter import Reporter
from orchestrator.reporting.diagnostics_text import shown_path
from orchestrator.reporting.documents import write_document
from orchestrator.workflows.bicep_files import select_bicep_files
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.session import run_session


def run(paths: Sequence[str] = (), *, check: bool = False) -> int:
    """Run the command; with `check` status 1 where a file would change."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        from orchestrator.compiler import format_file

        files, changed = select_bicep_files(project, paths), 0
        for path in files:
            text = format_file(path)
            if path.read_bytes() == text.encode():
                continue
            changed += 1
            reporter.note(f"{'would change' if check else 'formatted'}: {shown_path(path, project)}")
            if not check:
                write_document(str(path), text)
        reporter.note(_summary(len(files), changed, check=check))
        return ExitStatus.FAILED if check and changed else ExitStatus.OK

    return run_session("format", work)


def _summary(files: int, changed: int, *, check: bool) -> str:
    subject = f"{files} {'file' if files == 1 else 'files'}"
    if not changed:
        return f"{subject}: all are formatted"
    return f"{subject}: {changed} {'would change; `./inv format` writes them' if check else 'formatted'}"
