"""secure-secrets-in-params: parameters that are secrets by their name, or by what they are made of."""

import re
from collections.abc import Iterator

from orchestrator.compiler.linting.declared import is_secure_declaration
from orchestrator.compiler.linting.linted_file import LintedFile
from orchestrator.compiler.linting.rule import Finding, Rule
from orchestrator.compiler.linting.types import is_object, is_string
from orchestrator.compiler.semantics.declared_types import type_of_parameter
from orchestrator.compiler.semantics.symbols import ParameterSymbol
from orchestrator.model.diagnostics import Level

_SECRET = re.compile("password|pwd|secret|accountkey|acctkey", re.IGNORECASE)
_HARMLESS = re.compile("secretpermissions|secretversion|secretur[il]|secretname", re.IGNORECASE)


def _check(file: LintedFile) -> Iterator[Finding]:
    for symbol in file.model.parameters.values():
        if not is_secure_declaration(symbol.declaration):
            if _is_named_so(symbol):
                yield Finding(symbol.name, f"The parameter '{symbol.text}' is named like a secret.")
            elif _uses_secret(file, symbol):
                yield Finding(symbol.name, f"The default of '{symbol.text}' is made of a secure parameter.")


def _is_named_so(symbol: ParameterSymbol) -> bool:
    if not _SECRET.search(symbol.text) or _HARMLESS.search(symbol.text):
        return False
    type_ = type_of_parameter(symbol)
    return is_string(type_) or is_object(type_)


def _uses_secret(file: LintedFile, symbol: ParameterSymbol) -> bool:
    used = (other for other, _ in file.model.references.get(symbol, ()))
    return any(isinstance(other, ParameterSymbol) and is_secure_declaration(other.declaration) for other in used)


RULE = Rule(
    code="secure-secrets-in-params",
    level=Level.WARNING,
    what="A parameter without @secure() that is named like a secret, or whose default uses a secure one.",
    remedy="Mark it @secure().",
    check=_check,
)
