"""artifacts-parameters: the parameters _artifactsLocation and _artifactsLocationSasToken, which belong together."""

import re
from collections.abc import Iterator

from orchestrator.compiler.linting.declared import is_secure_declaration
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.semantics.symbols import ModuleSymbol, ParameterSymbol
from orchestrator.compiler.syntax.expressions import Identifier, ObjectLiteral, StringSyntax
from orchestrator.compiler.syntax.types import TypeName
from orchestrator.model.diagnostics import Level

LOCATION, TOKEN = "_artifactsLocation", "_artifactsLocationSasToken"
_TEMPLATE_LINK = re.compile(r"deployment\(.*\.templatelink", re.IGNORECASE)


def _check(file: LintedFile) -> Iterator[Finding]:
    known = {name.lower(): symbol for name, symbol in reversed(file.model.parameters.items())}
    location, token = known.get(LOCATION.lower()), known.get(TOKEN.lower())
    if location is not None and token is not None:
        yield from _check_pair(file, location, token)
    elif location is not None or token is not None:
        there, missing = (location, TOKEN) if location is not None else (token, LOCATION)
        if there is not None:
            yield Finding(there.name, f"The parameter '{there.text}' needs '{missing}' beside it.", f"Declare '{missing}'.")
    for module in file.model.modules.values():
        yield from _check_module(module)


def _check_pair(file: LintedFile, location: ParameterSymbol, token: ParameterSymbol) -> Iterator[Finding]:
    for symbol in (location, token):
        type_ = symbol.declaration.type
        if isinstance(type_, TypeName) and type_.name != "string":
            yield Finding(type_, f"The parameter '{symbol.text}' must be a string.", "Write string.")
    if not is_secure_declaration(token.declaration):
        yield Finding(token.declaration.type, f"The parameter '{token.text}' is a secret.", "Mark it @secure().")
    default = location.declaration.default
    text = default.literal if isinstance(default, StringSyntax) else None
    if default is not None and not (text or "").startswith("http") and not _TEMPLATE_LINK.search(file.text_of(default)):
        yield Finding(
            default, f"The default of '{LOCATION}' is neither a URL nor the template's own address.", "Write deployment().properties.templateLink.uri."
        )
    default = token.declaration.default
    if default is not None and (default.literal if isinstance(default, StringSyntax) else None) != "":
        yield Finding(default, f"The default of '{TOKEN}' is not empty.", "Write ''.")


def _check_module(module: ModuleSymbol) -> Iterator[Finding]:
    params = module.find_value("params")
    given = {entry.name for entry in params.properties if isinstance(entry.key, Identifier)} if isinstance(params, ObjectLiteral) else set()
    for name in module.target.parameters if module.target is not None else ():
        if name.lower() in (LOCATION.lower(), TOKEN.lower()) and name not in given:
            yield Finding(module.name, f"The module '{module.text}' is not given '{name}'.", "Give it a value.")


RULE = Rule(
    code="artifacts-parameters",
    level=Level.WARNING,
    what="_artifactsLocation and _artifactsLocationSasToken: both or none, of the right types, with the right defaults, passed on to modules.",
    remedy="Follow the convention for artifacts.",
    check=_check,
)
