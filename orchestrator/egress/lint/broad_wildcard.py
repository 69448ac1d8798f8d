"""BroadWildcard: an allow rule whose wildcard covers more than it seems to."""

from collections.abc import Iterator

from orchestrator.egress.firewall.fqdn_patterns import is_valid_pattern
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity


def _look(subject: LintSubject) -> Iterator[Found]:
    for rule in subject.firewall.rules.application:
        for pattern in rule.fqdns if rule.place.allow else ():
            why = _why_broad(pattern)
            if why is not None:
                yield Found(Severity.WARNING, f"{pattern!r} in the rule {rule.place} {why}", rule.place.resource_id)


def _why_broad(pattern: str) -> str | None:
    if pattern[:1] != "*" or not is_valid_pattern(pattern):
        return None
    rest = pattern[1:]
    if not rest:
        return "allows every name"
    if not rest.startswith("."):
        return f"also allows any name that ends so, such as any{rest}"
    return f"allows every name below {rest[1:]}" if "." not in rest[1:] else None


RULE = LintRule(
    code="BroadWildcard",
    what="A wildcard over every name, over a whole top-level domain, or without a dot after the *.",
    why="*example.com also matches anyexample.com, which somebody else may own.",
    remedy="Write *.example.com, and example.com itself where it is needed too.",
    source="https://learn.microsoft.com/azure/firewall/firewall-faq",
    look=_look,
)
