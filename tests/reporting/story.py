"""One story told to a reporter."""

from pathlib import Path

from orchestrator.model.changes import ChangeType, PropertyChange, PropertyChangeType, ResourceChange, WhatIf
from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import ArmError
from orchestrator.model.findings import Finding, Severity
from orchestrator.model.flows import Check, CheckStatus, Verification
from orchestrator.model.reporter import Reporter
from orchestrator.model.source import Position, Span
from orchestrator.model.targets import Target, TargetKind

LAB = Target(TargetKind.LOCAL, "lab-subscription")
AZURE = Target(TargetKind.AZURE, "real-subscription")
POLICY = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/p"
CHANGE = ResourceChange(POLICY, ChangeType.MODIFY, delta=(PropertyChange("properties.fqdns", PropertyChangeType.MODIFY, "a", "b"),))
CHECKS = (
    Check("egress-address", "pod", "20.1.2.3", "20.1.2.3", CheckStatus.PASSED),
    Check("must-be-blocked", "http://a.example", "blocked", "allowed | HTTP 200", CheckStatus.FAILED, "the rule <any>"),
    Check("must-reach", "https://b.example", "reachable", "nothing\x00", CheckStatus.INCONCLUSIVE),
)


def tell_everything(reporter: Reporter) -> None:
    """A run in the lab that ends with a failed verification, and one on Azure that ends with an error."""
    reporter.target("udr", LAB)
    reporter.step("compile")
    reporter.diagnostics(
        [Diagnostic(Level.WARNING, "no-unused-params", "unused", Span(Path("a.bicep"), Position(1, 7), Position(1, 8)), None, "param x string")]
    )
    reporter.findings([Finding("RouteCode", Severity.WARNING, "a route", POLICY, "add it", "aks-egress")])
    reporter.what_if(WhatIf((CHANGE,)))
    reporter.progress("Microsoft.Network/firewallPolicies/p", "Running")
    reporter.progress("Microsoft.Resources/deployments/module", "Running")
    reporter.progress("Microsoft.Network/firewallPolicies/p", "Succeeded", 1.25)
    reporter.note("deployed")
    reporter.outputs({"address": {"type": "String", "value": "20.1.2.3"}, "key": {"type": "SecureString"}})
    reporter.verification(Verification("udr", CHECKS))
    reporter.table(("name",), [("udr",)])
    reporter.target("udr", LAB, ending=True)
    reporter.target("lb", AZURE)
    reporter.failure(ArmError("DeploymentFailed", "outer", details=[ArmError("QuotaExceeded", "no cores")]))
    reporter.target("lb", AZURE, ending=True)
    reporter.close()
