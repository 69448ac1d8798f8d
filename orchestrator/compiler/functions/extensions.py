"""The extensions that are built into the compiler."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownExtension:
    """An extension: `provider` and `version` as templates name it."""

    name: str
    provider: str
    version: str
    groups: re.Pattern[str]

    def owns(self, type_name: str) -> bool:
        """True for a type whose first segment is one of the extension's groups."""
        return self.groups.fullmatch(type_name.partition("/")[0]) is not None


RETIRED = frozenset(("microsoftGraph",))
"""Once built in."""
BUILTIN = {"kubernetes": KnownExtension("kubernetes", "Kubernetes", "1.0.0", re.compile(r"[a-z0-9]+|[a-z0-9.-]+\.k8s\.io"))}
