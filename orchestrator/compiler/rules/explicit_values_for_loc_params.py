"""explicit-values-for-loc-params: modules that are not told where to put their resources."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.locations import given_locations
from orchestrator.compiler.linting.rule import Finding, Rule


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.model.modules.values():
        for parameter, value in given_locations(symbol):
            if value is None:
                entry = symbol.body.find("params") if symbol.body else None
                yield Finding(entry or symbol.name, f"The module '{symbol.text}' is not given its location parameter '{parameter.text}'.")


RULE = Rule(
    code="explicit-values-for-loc-params",
    level=None,
    what="A module's location parameter that is left to its default.",
    remedy="Give it a value.",
    check=_check,
)
