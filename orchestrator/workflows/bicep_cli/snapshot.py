"""`snapshot`: what a deployment would create, written beside the parameters file, or compared with what was written there."""

import json
from collections.abc import Mapping
from pathlib import Path

from orchestrator.model.json_value import Json, JsonObject
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.raw_output import write_stderr
from orchestrator.reporting.screens import open_screen
from orchestrator.reporting.snapshot_changes_text import render_snapshot_changes
from orchestrator.reporting.template_text import render_snapshot
from orchestrator.workflows.bicep_cli.build import tell_diagnostics
from orchestrator.workflows.bicep_cli.command_line import Arguments
from orchestrator.workflows.bicep_cli.compiling import Compiled, Compiler
from orchestrator.workflows.bicep_cli.files import PARAMETERS, check_input, find_configuration_file, find_inputs, refuse
from orchestrator.workflows.bicep_cli.snapshot_difference import compare_snapshots
from orchestrator.workflows.bicep_cli.snapshot_scope import snapshot_scope

ENVELOPE = (
    "id", "type", "name", "apiVersion", "location", "extendedLocation", "sku", "kind", "managedBy", "plan", "identity", "tags", "zones", "scale", "properties",
)  # fmt: skip
"""The order in which the official CLI writes a resource's own members; the others come last, as they stand."""


def run_snapshot(arguments: Arguments, environ: Mapping[str, str]) -> int:
    """Write `<name>.snapshot.json`, or with `--mode validate` say what differs from it: then the status is 1."""
    (path,) = find_inputs(arguments)
    check_input(path, PARAMETERS)
    compiled = Compiler(find_configuration_file(arguments), environ=environ).compile(path)
    tell_diagnostics(compiled, arguments)
    if compiled.failed or compiled.template is None:
        write_stderr(f"There is no snapshot of {path}: {'it has errors' if compiled.failed else 'it names no template'}.\n")
        return 1
    document = _predict(compiled, arguments)
    output = path.with_name(f"{path.stem}.snapshot.json")
    if arguments.text("--mode") == "Validate":
        return _validate(output, document)
    write_document(str(output), render_snapshot(document))
    return 0


def _predict(compiled: Compiled, arguments: Arguments) -> JsonObject:
    from orchestrator.arm.engine import expand
    from orchestrator.arm.runtime import NOTHING_KNOWN

    template, entries = compiled.template or {}, (compiled.parameters or {}).get("parameters") or {}
    unknown = [name for name, entry in entries.items() if "value" not in entry]
    if unknown:
        raise refuse(f"The values of these parameters are known in a deployment only: {', '.join(unknown)}.")
    scope = snapshot_scope(template, arguments)
    expansion = expand(template, {name: entry["value"] for name, entry in entries.items()}, scope, NOTHING_KNOWN)
    return {"predictedResources": [_order(body) for body in expansion.resources], "diagnostics": [], "outputs": expansion.outputs}


def _order(body: JsonObject) -> JsonObject:
    return {name: body[name] for name in (*(name for name in ENVELOPE if name in body), *(name for name in body if name not in ENVELOPE))}


def _validate(path: Path, document: JsonObject) -> int:
    written = _read(path)
    changes = compare_snapshots(written["predictedResources"], document["predictedResources"])
    if not changes and not written.get("diagnostics"):
        return 0
    write_stderr(f"{path} is not what a deployment would create:\n")
    open_screen().show(render_snapshot_changes(changes))
    return 1


def _read(path: Path) -> JsonObject:
    try:
        document: Json = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise refuse(f"{path} cannot be read: {error.strerror}. Without --mode validate it is written.") from error
    except ValueError as error:
        raise refuse(f"{path} is no JSON: {error}") from error
    resources = document.get("predictedResources") if isinstance(document, dict) else None
    if not isinstance(resources, list) or not all(isinstance(body, dict) and isinstance(body.get("id"), str) for body in resources):
        raise refuse(f"{path} is no snapshot: it has no predictedResources with ids.")
    return dict(document)
