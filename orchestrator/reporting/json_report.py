"""The machine-readable report: one JSON document with a schema name and a version that grows when its meaning changes (report.schema.json)."""

import json

from orchestrator.model.changes import ChangeType, WhatIf, property_changes_to_json
from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed, OrchestratorError, UserError
from orchestrator.model.findings import Finding
from orchestrator.model.flows import Check, Verification
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.reporting.documents import write_document
from orchestrator.reporting.explanation_text import explanation_to_json
from orchestrator.reporting.migration_text import migration_to_json
from orchestrator.reporting.preflight_text import preflight_to_json
from orchestrator.reporting.records import EnvironmentRecord, RecordingReporter
from orchestrator.reporting.report_text import report_to_json
from orchestrator.reporting.suggestion_text import suggestion_to_json
from orchestrator.reporting.traffic_text import traffic_to_json

SCHEMA = "aks-egress-orchestrator/report"
VERSION = 1


class JsonReporter(RecordingReporter):
    """Writes the document when it is closed."""

    def __init__(self, command: str, destination: str) -> None:
        super().__init__()
        self._command = command
        self._destination = destination

    def close(self) -> None:
        """Write the document."""
        write_document(self._destination, render_json(self._command, self.environments))


def render_json(command: str, records: list[EnvironmentRecord]) -> str:
    """The document's text."""
    body = {"schema": SCHEMA, "version": VERSION, "command": command, "environments": [_environment(record) for record in records]}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _environment(record: EnvironmentRecord) -> JsonObject:
    target = record.target
    return {
        "name": record.name or None,
        "target": None if target is None else {"kind": target.kind.value, "subscriptionId": target.subscription_id},
        "notes": record.notes,
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in record.diagnostics],
        "findings": [_finding(finding) for finding in record.findings],
        "whatIf": None if record.what_if is None else what_if_to_json(record.what_if),
        **({"migrations": [migration_to_json(migration) for migration in record.migrations]} if record.migrations else {}),
        **({} if record.preflight is None else {"preflight": preflight_to_json(record.preflight)}),
        **({} if record.traffic is None else {"traffic": traffic_to_json(record.traffic)}),
        **({} if record.explanation is None else {"explanation": explanation_to_json(record.explanation)}),
        **({} if record.report is None else {"report": report_to_json(record.report)}),
        **({} if record.suggestion is None else {"suggestion": suggestion_to_json(record.suggestion)}),
        "resources": [
            {"resource": resource, "state": state, "seconds": seconds, "detail": detail or None}
            for resource, (state, seconds, detail) in record.resources.items()
        ],
        "outputs": record.outputs,
        "verification": None if record.verification is None else verification_to_json(record.verification),
        "error": None if record.failure is None else error_to_json(record.failure),
    }


def what_if_to_json(what_if: WhatIf) -> JsonObject:
    """A what-if, in ARM's names, with a verdict that a script can read."""
    return {
        "source": what_if.source,
        "hasChanges": what_if.has_changes,
        "counts": {kind.value: sum(change.type is kind for change in what_if.changes) for kind in ChangeType},
        "changes": [
            {
                "resourceId": change.resource_id,
                "changeType": change.type.value,
                "before": change.before,
                "after": change.after,
                "delta": property_changes_to_json(change.delta),
                "unsupportedReason": change.unsupported_reason,
            }
            for change in what_if.changes
        ],
    }


def verification_to_json(verification: Verification) -> JsonObject:
    """A verification with all its rows."""
    return {
        "status": verification.status.value,
        "couldNotRun": verification.could_not_run,
        "probeSeconds": verification.probe_seconds,
        "checks": [_check(check) for check in verification.checks],
    }


def error_to_json(error: OrchestratorError) -> JsonObject:
    """An error by its kind; ARM's as ARM writes it."""
    body: dict[str, Json] = {"kind": type(error).__name__, "message": str(error)}
    match error:
        case ArmError():
            body["arm"] = error.to_json()
        case UserError():
            body["problems"] = [{"code": p.code, "message": p.message, "where": p.where, "remedy": p.remedy} for p in error.problems]
            body["diagnostics"] = [_diagnostic(diagnostic) for diagnostic in error.diagnostics]
        case CouldNotRun() | OperationFailed():
            body["remedy"] = error.remedy
    return body


def _check(check: Check) -> JsonObject:
    return {
        "kind": check.kind,
        "subject": check.subject,
        "expected": check.expected,
        "predicted": check.predicted or None,
        "observed": check.observed,
        "outcome": None if check.outcome is None else check.outcome.value,
        "status": check.status.value,
        "note": check.note or None,
    }


def _diagnostic(diagnostic: Diagnostic) -> JsonObject:
    return {
        "level": diagnostic.level.value,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": str(diagnostic.path),
        "line": diagnostic.line,
        "column": diagnostic.column,
        "remedy": diagnostic.remedy,
    }


def _finding(finding: Finding) -> JsonObject:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "target": finding.target,
        "remedy": finding.remedy,
        "source": finding.source,
    }
