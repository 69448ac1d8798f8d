"""no-loc-expr-outside-params: the deployment's location, taken elsewhere than in a parameter's default."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.locations import is_deployment_location
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.syntax.declarations import ParameterDeclaration
from orchestrator.compiler.syntax.expressions import PropertyAccess


def _check(file: LintedFile) -> Iterator[Finding]:
    for access in file.nodes(PropertyAccess):
        if is_deployment_location(file.model, access) and not any(isinstance(node, ParameterDeclaration) for node in file.ancestors(access)):
            yield Finding(access, f"{file.text_of(access)} cannot be chosen from outside.")


RULE = Rule(
    code="no-loc-expr-outside-params",
    level=None,
    what="resourceGroup().location or deployment().location elsewhere than in a parameter's default.",
    remedy="Make it the default of a parameter.",
    check=_check,
)
