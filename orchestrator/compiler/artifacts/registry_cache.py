"""Modules of registries, found where the official CLI keeps what it has restored: `br/<registry>/<repository>/<tag>/main.json` below its cache.

In names of folders `:` of a registry and `/` of a repository are `$`; behind a tag stands `$` and which of its letters are capitals, as a hexadecimal mask.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestrator.compiler.artifacts.references import BadReference

_REFERENCE = re.compile(r"(?P<registry>[^/]+)/(?P<repository>[a-z0-9._/-]+)(?:@(?P<digest>sha256:[0-9a-f]{64})|:(?P<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))\Z")
_PUBLIC = {"registry": "mcr.microsoft.com", "modulePath": "bicep"}


@dataclass(frozen=True, slots=True)
class RegistryReference:
    """A module of a registry; `version` is its tag or digest."""

    registry: str
    repository: str
    version: str

    @property
    def text(self) -> str:
        """The whole reference."""
        return f"br:{self.registry}/{self.repository}{'@' if self._is_digest else ':'}{self.version}"

    @property
    def _is_digest(self) -> bool:
        return ":" in self.version

    def cached_in(self, cache: Path) -> Path:
        """Where the module is kept once it has been restored."""
        folder = self.version.replace(":", "#") if self._is_digest else encode_tag(self.version)
        return cache / "br" / self.registry.replace(":", "$").lower() / self.repository.replace("/", "$") / folder / "main.json"


def encode_tag(tag: str) -> str:
    """A tag as a folder's name on systems that do not tell capitals from small letters."""
    mask = sum(1 << number for number, character in enumerate(tag) if character.isupper())
    return f"{tag}${mask:x}" if mask else f"{tag}$"


def read_registry_reference(text: str, aliases: Mapping[str, Any]) -> RegistryReference | BadReference:
    """`br:registry/path:tag`, or `br/alias:path:tag`. aliases: `moduleAliases.br` of bicepconfig.json; `public` is always there."""
    scheme, _, rest = text.partition(":")
    _, slash, name = scheme.partition("/")
    if slash:
        alias = aliases.get(name, _PUBLIC if name == "public" else None)
        if not isinstance(alias, dict) or "registry" not in alias:
            return BadReference("BCP213", f"bicepconfig.json has no module alias '{name}'.", "Add it under moduleAliases.br, or write the whole reference.")
        rest = "/".join(part for part in (str(alias["registry"]), str(alias.get("modulePath") or ""), rest) if part)
    found = _REFERENCE.match(rest)
    if found is None:
        return BadReference("BCP193", f"'{text}' is no reference to a module of a registry.", "Write br:<registry>/<path>:<tag>.")
    return RegistryReference(found["registry"], found["repository"], found["digest"] or found["tag"])
