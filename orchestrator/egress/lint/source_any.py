"""SourceAny: allow rules for whoever sends."""

from collections.abc import Iterator

from orchestrator.egress.firewall.rules import ApplicationRule, NetworkRule
from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.model.findings import Severity


def _look(subject: LintSubject) -> Iterator[Found]:
    rules: list[NetworkRule | ApplicationRule] = [*subject.firewall.rules.network, *subject.firewall.rules.application]
    names: dict[str, list[str]] = {}
    for rule in rules:
        if rule.place.allow and rule.source.any and rule.unknown is None:
            names.setdefault(rule.place.resource_id, []).append(f"{rule.place.collection}/{rule.place.rule}")
    for resource_id, found in names.items():
        shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
        yield Found(Severity.WARNING, f"{len(found)} allow {'rule has' if len(found) == 1 else 'rules have'} the source *: {shown}", resource_id)


RULE = LintRule(
    code="SourceAny",
    what="An allow rule with the source *.",
    why="Whatever is led to the firewall later, from any network, may use the rule as well.",
    remedy="Name the node subnets, or an IP group of them.",
    source="https://github.com/mspnp/aks-baseline",
    look=_look,
)
