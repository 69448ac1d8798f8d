"""Each error is one clear message."""

from pathlib import Path

import pytest

from orchestrator.model.errors import ArmError, CouldNotRun, OperationFailed, OrchestratorError, Problem, UserError
from orchestrator.reporting.errors_text import render_error
from orchestrator.reporting.styled_text import plain_text

NESTED = ArmError(
    "DeploymentFailed",
    "At least one failed.",
    details=[ArmError("ResourceDeploymentFailure", "inner", details=[ArmError("RouteTableMissingDefaultRoute", "no default route", target="/a/b")])],
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (UserError([Problem("UnknownKey", "'x' is no key", "a.yaml:1:2", "say y")]), "a.yaml:1:2: error UnknownKey: 'x' is no key\n    fix: say y\n"),
        (UserError([Problem("Bad", "b", "/project/parameters/x.yaml")]), "parameters/x.yaml: error Bad: b\n"),
        (UserError([Problem("NoRoute", "b", "/subscriptions/s/providers/a/b/c")]), "error NoRoute: b\n    at: /subscriptions/s/providers/a/b/c\n"),
        (ArmError("Conflict", "busy"), "error Conflict: busy\n"),
        (NESTED, "error RouteTableMissingDefaultRoute: no default route\n    at: /a/b\n    reported as: DeploymentFailed > ResourceDeploymentFailure\n"),
        (CouldNotRun("No user namespaces.", "Set the switch."), "could not run: No user namespaces.\n    fix: Set the switch.\n"),
        (OperationFailed("the login failed", "az login"), "error: the login failed\n    fix: az login\n"),
        (OperationFailed("gone"), "error: gone\n"),
        (OrchestratorError("odd"), "error: odd\n"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)  # fmt: skip
def test_an_error(error: OrchestratorError, expected: str) -> None:
    assert plain_text(render_error(error, Path("/project"))) == expected
