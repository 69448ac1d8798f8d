"""no-hardcoded-location: locations that are known while compiling."""

from collections.abc import Iterator

from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.locations import given_locations, hardcoded_location
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import VariableSymbol
from orchestrator.compiler.syntax.expressions import Expression


def _check(file: LintedFile) -> Iterator[Finding]:
    reported: set[VariableSymbol] = set()
    for value in _locations(file):
        found = hardcoded_location(file, value)
        if found is None:
            continue
        text, variable = found
        if variable is None:
            yield Finding(value, f"The location '{text}' cannot be chosen from outside.", "Make it a parameter, or write 'global'.")
        elif variable not in reported:
            reported.add(variable)
            yield Finding(variable.name, f"The variable '{variable.text}' is a location, and cannot be chosen from outside.")


def _locations(file: LintedFile) -> Iterator[Expression]:
    for resource in file.model.resources:
        value = resource.find_value("location")
        if value is not None:
            yield value
    for module in file.model.modules.values():
        for _, given in given_locations(module):
            if given is not None:
                yield given


RULE = Rule(
    code="no-hardcoded-location",
    level=None,
    what="A resource's location, or what a module's location parameter is given, that is a known text other than 'global'.",
    remedy="Make it a parameter.",
    check=_check,
)
