"""`build`: Bicep to ARM JSON, out/<env>/template.json and parameters.json; `--compare` holds our compiler against the official one."""

import json
from pathlib import Path

from orchestrator.environments.environment import load_environment
from orchestrator.model.json_value import Json
from orchestrator.model.reporter import Reporter
from orchestrator.reporting.documents import write_document
from orchestrator.workflows.compilation import Compiled, compile_environment
from orchestrator.workflows.document_difference import find_differences
from orchestrator.workflows.exit_status import ExitStatus
from orchestrator.workflows.selection import select_environments
from orchestrator.workflows.session import run_each, run_session


def run(env: str = "", compiler: str = "ours", *, compare: bool = False) -> int:
    """Run the command; needs no login and no lab."""

    def work(project: Path, reporter: Reporter) -> ExitStatus:
        def one(name: str) -> ExitStatus:
            compiled = compile_environment(load_environment(project, name), reporter, compiler=compiler)
            if compare:
                other = compile_environment(compiled.environment, reporter, compiler="ours" if compiler == "official" else "official")
                return _compare(*((compiled, other) if compiler == "ours" else (other, compiled)), reporter)
            _write(project, compiled, reporter)
            return ExitStatus.OK

        return run_each(select_environments(project, env), one, reporter)

    return run_session("build", work)


def _write(project: Path, compiled: Compiled, reporter: Reporter) -> None:
    folder = project / "out" / compiled.environment.name
    for name, document in (("template.json", compiled.template), ("parameters.json", compiled.parameters)):
        write_document(str(folder / name), json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    resources = len(compiled.template.get("resources") or ())
    reporter.note(f"{compiled.environment.name}: {folder.relative_to(project)}/template.json, parameters.json ({resources} resources and modules at the top)")


def _compare(ours: Compiled, official: Compiled, reporter: Reporter) -> ExitStatus:
    """Show where the two differ, leaving aside who made it."""
    name = ours.environment.name
    found = [
        f"{document}: {difference}"
        for document, left, right in (("template", ours.template, official.template), ("parameters", ours.parameters, official.parameters))
        for difference in find_differences(_without_generator(left), _without_generator(right))
    ]
    reporter.note(f"{name}: ours and the official compiler agree" if not found else f"{name}: {len(found)} differences (path: ours / official)")
    for difference in found:
        reporter.note(f"  {difference}")
    return ExitStatus.FAILED if found else ExitStatus.OK


def _without_generator(value: Json) -> Json:
    """Without `_generator`, whose name, version and hash say who made it."""
    if isinstance(value, dict):
        return {name: _without_generator(member) for name, member in value.items() if name != "_generator"}
    return [_without_generator(item) for item in value] if isinstance(value, list) else value
