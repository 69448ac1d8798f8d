"""Reads the nearest bicepconfig.json above a file."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.source import decode_text

_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*[\s\S]*?\*/')
LEVELS = ("off", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What was read; empty where there is no file."""

    path: Path | None = None
    values: JsonObject = field(default_factory=dict)

    @property
    def linter_enabled(self) -> bool:
        """False where the linter is switched off as a whole."""
        return _member(self._core, "enabled", True) is not False

    @property
    def linter_verbose(self) -> bool:
        """True where the linter says which configuration it reads."""
        return _member(self._core, "verbose", False) is True

    def rule_level(self, rule: str, default: str) -> str:
        """`off`, `info`, `warning` or `error`, whatever the linter as a whole is set to."""
        if not self.values:
            return default
        level = str(self.rule_setting(rule, "level", default)).lower()
        return level if level in LEVELS else default

    def rule_setting(self, rule: str, name: str, default: Json) -> Json:
        """A rule's setting. Names are taken as they are written, as the official linter does."""
        return _member(_member(_member(self._core, "rules", None), rule, None), name, default)

    @property
    def _core(self) -> Json:
        return _member(_member(self.values, "analyzers", None), "core", None)

    @property
    def experiments(self) -> tuple[str, ...]:
        """The experimental features that are switched on."""
        return tuple(name for name, on in (self.values.get("experimentalFeaturesEnabled") or {}).items() if on)

    @property
    def registry_aliases(self) -> JsonObject:
        """The names for registries: `moduleAliases.br`."""
        found = _member(_member(self.values, "moduleAliases", None), "br", None)
        return found if isinstance(found, dict) else {}

    @property
    def extensions(self) -> dict[str, str]:
        """Where the types of extensions are: `extensions`."""
        found = _member(self.values, "extensions", None)
        return {name: place for name, place in found.items() if isinstance(place, str)} if isinstance(found, dict) else {}

    def module_cache(self, default: Path) -> Path:
        """Where restored modules are kept: `cacheRootDirectory`, relative to the file that says so."""
        found = self.values.get("cacheRootDirectory")
        if not isinstance(found, str):
            return default
        folder = Path(found).expanduser()
        return folder if self.path is None else self.path.parent / folder

    def experimental(self, feature: str) -> bool:
        """True where an experimental feature is switched on."""
        return bool((self.values.get("experimentalFeaturesEnabled") or {}).get(feature, False))


def _member(owner: Json, name: str, default: Json) -> Json:
    found = owner.get(name) if isinstance(owner, dict) else None
    return default if found is None else found


def find_configuration(folder: Path, known: dict[Path, Configuration]) -> Configuration:
    """The configuration for files in `folder`: the nearest file above; `known` remembers what was read."""
    for candidate in (folder, *folder.parents):
        if candidate in known:
            known[folder] = known[candidate]
            return known[candidate]
        path = candidate / "bicepconfig.json"
        if path.is_file():
            known[folder] = known[candidate] = Configuration(path, _read(path))
            return known[folder]
    known[folder] = Configuration()
    return known[folder]


def _read(path: Path) -> JsonObject:
    text = decode_text(path.read_bytes())
    plain = _COMMENT.sub(lambda m: m.group(1) or " ", text)
    try:
        value = json.loads(plain)
    except ValueError as error:
        raise UserError([Problem("BCP271", f"The configuration is no valid JSON: {error}", str(path), "Correct the file.")]) from error
    if not isinstance(value, dict):
        raise UserError([Problem("BCP271", "The configuration is no JSON object.", str(path), "Correct the file.")])
    return value
