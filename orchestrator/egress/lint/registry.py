"""All rules of the lint, and the one entry that runs them."""

from orchestrator.egress.addresses.knowledge import Knowledge
from orchestrator.egress.lint import (
    broad_wildcard,
    classic_rules_beside_policy,
    empty_list,
    fqdn_network_rule,
    invalid_wildcard,
    repeated_priority,
    shadowed_application_rules,
    source_any,
    unreachable_rule,
)
from orchestrator.egress.lint.lint_rule import LintRule, LintSubject
from orchestrator.egress.network.model import Network
from orchestrator.model.findings import Finding

LINT_RULES: tuple[LintRule, ...] = (
    empty_list.RULE,
    invalid_wildcard.RULE,
    repeated_priority.RULE,
    classic_rules_beside_policy.RULE,
    fqdn_network_rule.RULE,
    shadowed_application_rules.RULE,
    unreachable_rule.RULE,
    broad_wildcard.RULE,
    source_any.RULE,
)


def lint_firewalls(network: Network, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Everything that the lint finds: firewall by firewall, in the order of the registry; what two firewalls share is said once."""
    found: dict[Finding, None] = {}
    for firewall in network.firewalls.values():
        subject = LintSubject(firewall, network, knowledge)
        for rule in LINT_RULES:
            found.update(dict.fromkeys(rule.findings(subject)))
    return tuple(found)
