"""ClassicRulesBesidePolicy: rules in the firewall's own body, though it has a policy."""

from collections.abc import Iterator

from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity

_KEYS = ("networkRuleCollections", "applicationRuleCollections", "natRuleCollections")


def _look(subject: LintSubject) -> Iterator[Found]:
    firewall = subject.network.resources.snapshot.find(subject.firewall.id)
    if firewall is None or not subject.firewall.policy_ids:
        return
    for key in _KEYS:
        if firewall.properties.get(key):
            yield Found(Severity.ERROR, f"the firewall {firewall.name} has {key} beside the policy, which alone counts", firewall.id)


RULE = LintRule(
    code="ClassicRulesBesidePolicy",
    what="Classic rule collections in a firewall that has a policy.",
    why="Azure refuses the two together; the classic rules would not be looked at.",
    remedy="Move the rules into rule collection groups of the policy.",
    source="https://learn.microsoft.com/azure/firewall-manager/migrate-to-policy",
    look=_look,
)
