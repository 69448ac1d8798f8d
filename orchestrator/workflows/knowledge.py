"""What a prediction knows of names and service tags: the lab's own data on `local`; else what `--resolve` and `--service-tags` say, and nothing more."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.targets import TargetKind
from orchestrator.workflows.target import TargetChoice

if TYPE_CHECKING:
    from orchestrator.egress.addresses.knowledge import Knowledge

_PAIRS_REMEDY = "Say --resolve name=address,address;name=address, as mcr.microsoft.com=150.171.70.10; a name without an address does not exist."
_TAGS_REMEDY = "Take Microsoft's file: https://www.microsoft.com/download/details.aspx?id=56519"


def read_knowledge(choice: TargetChoice, resolve: str = "", service_tags: str = "") -> "Knowledge":
    """From what a person said; UserError where that cannot be read."""
    from orchestrator.egress.addresses.knowledge import lab_knowledge, make_knowledge

    names = _read_pairs(resolve)
    if choice.kind is not TargetKind.LOCAL:
        return make_knowledge(names, _read_tags(service_tags) if service_tags else None)
    if service_tags:
        raise UserError([Problem("LabHasServiceTags", "--service-tags is for Azure: the lab has service tags of its own", remedy="Leave it out.")])
    return lab_knowledge(names)


def _read_pairs(text: str) -> dict[str, tuple[str, ...]]:
    from orchestrator.egress.addresses.ranges import read_pair

    found: dict[str, tuple[str, ...]] = {}
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        name, equals, addresses = pair.partition("=")
        listed = tuple(filter(None, (address.strip() for address in addresses.split(","))))
        if not name.strip() or not equals or any(read_pair(address) is None for address in listed):
            raise UserError([Problem("InvalidResolve", f"--resolve {pair}: no name=address", remedy=_PAIRS_REMEDY)])
        found[name.strip()] = listed
    return found


def _read_tags(file: str) -> dict[str, tuple[str, ...]]:
    from orchestrator.egress.addresses.knowledge import read_service_tags

    try:
        return read_service_tags(json.loads(Path(file).read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise UserError([Problem("NoServiceTags", f"cannot read {file}: {error.strerror or error}", remedy=_TAGS_REMEDY)]) from error
    except (ValueError, AttributeError) as error:
        raise UserError([Problem("InvalidServiceTags", f"{file}: {error}", remedy=_TAGS_REMEDY)]) from error
