"""EmptyRuleList: a rule without names, addresses, ports or protocols."""

from collections.abc import Iterator

from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity


def _look(subject: LintSubject) -> Iterator[Found]:
    rules = subject.firewall.rules
    for rule in rules.network:
        missing = _missing_of_network(rule) if rule.unknown is None else ()
        yield from (_found(rule, what) for what in missing)
    for application_rule in rules.application:
        missing = _missing_of_application(application_rule) if application_rule.unknown is None else ()
        yield from (_found(application_rule, what) for what in missing)


def _missing_of_network(rule: NetworkRule) -> tuple[str, ...]:
    parts = {
        "source": not rule.source.empty,
        "destination": not rule.destination.empty or bool(rule.fqdns),
        "protocol": bool(rule.protocols),
        "destination port": bool(rule.ports.ranges) or rule.ports.unknown,
    }
    return tuple(what for what, there in parts.items() if not there)


def _missing_of_application(rule: ApplicationRule) -> tuple[str, ...]:
    parts = {
        "source": not rule.source.empty,
        "target (targetFqdns, fqdnTags, targetUrls or webCategories)": bool(rule.fqdns or rule.tags or rule.urls or rule.categories),
        "protocol": bool(rule.protocols),
    }
    return tuple(what for what, there in parts.items() if not there)


def _found(rule: NetworkRule | ApplicationRule, what: str) -> Found:
    return Found(Severity.ERROR, f"the rule {rule.place} has no {what}", rule.place.resource_id)


RULE = LintRule(
    code="EmptyRuleList",
    what="A rule with an empty list of sources, targets, ports or protocols.",
    why="Azure refuses the rule, with it the whole rule collection group, and leaves a firewall without those rules: nodes then do not boot.",
    remedy="Give the list at least one element, or leave the rule out.",
    source="https://github.com/Azure/bicep-ptn-aiml-landing-zone/issues/80",
    look=_look,
)
