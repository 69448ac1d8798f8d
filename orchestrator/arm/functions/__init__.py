"""The functions of the language, a family a file. `FUNCTIONS` finds them by lower-cased name."""

from orchestrator.arm.functions import (
    arrays,
    cidr,
    conversion,
    dates,
    deployment_values,
    encoding,
    formatting,
    identifiers,
    lambdas,
    logical,
    numeric,
    objects,
    resource_ids,
    scopes,
    strings,
)
from orchestrator.arm.functions.signature import Function

FAMILIES = (
    arrays,
    cidr,
    conversion,
    dates,
    deployment_values,
    encoding,
    formatting,
    identifiers,
    lambdas,
    logical,
    numeric,
    objects,
    resource_ids,
    scopes,
    strings,
)
"""Every family; each has a literal registry FUNCTIONS, by the name that Azure spells."""

FUNCTIONS: dict[str, Function] = {name.lower(): function for family in FAMILIES for name, function in family.FUNCTIONS.items()}

__all__ = ["FAMILIES", "FUNCTIONS", "Function"]
