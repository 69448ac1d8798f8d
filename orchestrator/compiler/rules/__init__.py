"""The linter: one rule a file. A rule sees a model and says what it finds; levels come from bicepconfig.json."""

from orchestrator.compiler.rules import no_unused_existing_resources, no_unused_imports, no_unused_params, no_unused_types, no_unused_vars
from orchestrator.compiler.rules.rule import Rule
from orchestrator.compiler.semantics.model import SemanticModel
from orchestrator.model.diagnostics import Level

RULES: tuple[Rule, ...] = (
    no_unused_params.RULE,
    no_unused_vars.RULE,
    no_unused_imports.RULE,
    no_unused_types.RULE,
    no_unused_existing_resources.RULE,
)


def run_rules(model: SemanticModel) -> None:
    """Enter what the rules find."""
    for rule in RULES:
        level = model.configuration.rule_level(rule.code, rule.level)
        if level != "off":
            for place, message in rule.find(model):
                model.problems.add(Level(level), place.start, place.end, (rule.code, message, rule.remedy))


__all__ = ["RULES", "run_rules"]
