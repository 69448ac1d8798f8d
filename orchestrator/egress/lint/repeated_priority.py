"""RepeatedPriority: two rule collections, or two groups, of one priority."""

from collections.abc import Iterator

from orchestrator.egress.lint.lint_rule import Found, LintRule, LintSubject
from orchestrator.egress.network.reading import inner, objects
from orchestrator.model.findings import Severity
from orchestrator.model.json_value import JsonObject
from orchestrator.model.resources import Resource


def _look(subject: LintSubject) -> Iterator[Found]:
    resources = subject.network.resources
    for policy_id in subject.firewall.policy_ids:
        groups = resources.children(policy_id, "ruleCollectionGroups")
        yield from _repeated([(group.name, group.properties) for group in groups], "groups", policy_id)
        for group in groups:
            collections = [(str(body.get("name", "")), body) for body in objects(group.properties.get("ruleCollections"))]
            yield from _repeated(collections, "collections", group.id)
    firewall = resources.snapshot.find(subject.firewall.id)
    yield from _classic(firewall) if firewall is not None else ()


def _classic(firewall: Resource) -> Iterator[Found]:
    for key in ("networkRuleCollections", "applicationRuleCollections"):
        yield from _repeated([(str(body.get("name", "")), inner(body)) for body in objects(firewall.properties.get(key))], "collections", firewall.id)


def _repeated(parts: list[tuple[str, JsonObject]], what: str, target: str) -> Iterator[Found]:
    by_priority: dict[int, list[str]] = {}
    for name, properties in parts:
        if isinstance(properties.get("priority"), int):
            by_priority.setdefault(properties["priority"], []).append(name)
    for priority, names in by_priority.items():
        if len(names) > 1:
            yield Found(Severity.ERROR, f"the {what} {', '.join(names)} have the same priority {priority}", target)


RULE = LintRule(
    code="RepeatedPriority",
    what="Two rule collection groups of a policy, or two collections of a group, with one priority.",
    why="Azure refuses it; and which of the two comes first would not be known.",
    remedy="Give each its own priority.",
    source="https://learn.microsoft.com/azure/firewall/rule-processing",
    look=_look,
)
