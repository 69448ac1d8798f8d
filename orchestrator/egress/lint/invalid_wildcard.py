"""InvalidWildcard: a `*` in a place where Azure does not take one."""

from collections.abc import Iterator

from orchestrator.egress.firewall.fqdn_patterns import is_valid_pattern
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity


def _look(subject: LintSubject) -> Iterator[Found]:
    for rule in subject.firewall.rules.application:
        for pattern in rule.fqdns:
            if not is_valid_pattern(pattern):
                yield Found(Severity.ERROR, f"{pattern!r} in the rule {rule.place}: a * stands at the far left only", rule.place.resource_id)
    for network_rule in subject.firewall.rules.network:
        for name in network_rule.fqdns:
            if "*" in name:
                yield Found(
                    Severity.ERROR, f"{name!r} in the network rule {network_rule.place}: a network rule takes no wildcards", network_rule.place.resource_id
                )


RULE = LintRule(
    code="InvalidWildcard",
    what="A wildcard in the middle or at the end of a name, or in a network rule.",
    why="Azure refuses it; and what it was meant to match is matched by nothing.",
    remedy="Put the * at the far left (*.example.com), or name the hosts one by one.",
    source="https://learn.microsoft.com/azure/firewall/firewall-faq",
    look=_look,
)
