"""What a set of anyone's files leaves open, and what is taken for granted all the same."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.model.findings import Finding, Severity
from orchestrator.model.json_value import JsonObject
from orchestrator.model.preflight import Assumed, NotKnown
from orchestrator.model.resources import is_expression

if TYPE_CHECKING:
    from orchestrator.arm import Joint

USUAL_LOCATION = "westeurope"
_BUILT_IN = "/providers/microsoft.authorization/"
"""Definitions of policies and roles that Azure has for everybody."""
_CARRIERS = ("microsoft.network/", "microsoft.containerservice/")
_CONDITION_SOURCE = "https://learn.microsoft.com/azure/azure-resource-manager/templates/conditional-resource-deployment"
_RESTORE = "it is a module of a registry that is not restored here; `bicep restore` with the official CLI does that"


def find_assumptions(joint: "Joint", resources: Sequence[JsonObject], located: Iterable[str]) -> Iterator[Assumed]:
    """Where files go that do not say it, what Azure will compute of resources that are read, what is behind a template that is elsewhere."""
    from orchestrator.arm.resource_set import ResourceSet
    from orchestrator.egress.network.computed_values import assumed_values

    for name in located:
        yield Assumed("assumed-location", f"{name} goes to {USUAL_LOCATION}, since nothing says where; a stack file does")
    everything = ResourceSet(resources)
    for identifier in joint.used:
        body = everything.find(identifier)
        for one in assumed_values(identifier, body, everything.find) if body is not None else ():
            yield Assumed(one.code, one.text, one.source)
    for doubt in find_doubtful(joint):
        yield Assumed("conditional-resource", f"{doubt.target} is made, which only the deployment knows", doubt.source)
    for name in dict.fromkeys(one.link or one.resource_id for one in joint.unexpanded):
        yield Assumed("unexpanded-deployment", f"{name} changes no rule, route or peering of the resources here")


def find_doubtful(joint: "Joint") -> Iterator[Finding]:
    """Resources that carry traffic, and may not be made at all: what is said is as if they were, so it is not known."""
    for part, identifier, kind in joint.uncertain:
        if kind.lower().startswith(_CARRIERS):
            name = f"a resource of type {kind}" if is_expression(identifier) else identifier
            text = f"whether {name} is made is known only to the deployment ({part}): what is said here is as if it were"
            yield Finding("ResourceMayNotBeMade", Severity.UNKNOWN, text, identifier, "Give what its condition needs as a parameter.", _CONDITION_SOURCE)


def find_unknowns(joint: "Joint", existing_file: Path | None) -> Iterator[NotKnown]:
    """What nobody makes, and what only the deployment knows."""
    existing = "" if existing_file is None else f" and not in {existing_file.name}"
    modules: dict[tuple[str, str], None] = {}
    for one in joint.unexpanded:
        if one.link is None:
            yield NotKnown(f"what {one.resource_id} makes", f"only the deployment can count a loop in it ({one.part})")
        else:
            modules[(one.part, one.link)] = None
    for part, link in modules:
        yield NotKnown(f"what {link} makes and gives", f"{_RESTORE if link.startswith(('br:', 'ts:')) else 'its template is elsewhere'} ({part})")
    for identifier, askers in joint.missing.items():
        if identifier.lower().startswith(_BUILT_IN):
            continue
        yield NotKnown(identifier, f"it is left to what exists already: no file makes it{existing} ({', '.join(askers)} reads it)")
    for part, identifier, kind in joint.uncertain:
        name = f"a resource of type {kind}" if is_expression(identifier) else identifier
        yield NotKnown(f"whether {name} is made", f"only the deployment knows its condition ({part})")
