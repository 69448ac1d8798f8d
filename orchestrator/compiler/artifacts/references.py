"""What a module's or import's path names."""

import os
from dataclasses import dataclass
from pathlib import Path

TEMPLATE_SUFFIXES = (".json", ".jsonc", ".arm")
"""Files that are ARM templates."""
_NO_PATH = frozenset('"*:<>?|')
_LONGEST_NAME, _LONGEST_PATH = 255, 2048
_SCHEMES = ("br:", "br/", "ts:", "ts/")


@dataclass(frozen=True, slots=True)
class BadReference:
    """Why a path names nothing."""

    code: str
    message: str
    remedy: str | None = None


def resolve_reference(reference: str, referrer: Path) -> Path | BadReference:
    """The absolute path that a relative reference in `referrer` names; whether it exists is not asked."""
    if not reference.strip():
        return BadReference("BCP050", "The path is empty.", "Name a file relative to this one.")
    if reference.startswith(_SCHEMES):
        return BadReference("BCP192", f"'{reference}' names a registry, which this release does not read.", "Name a local file.")
    if reference.startswith("/"):
        return BadReference("BCP051", f"The path '{reference}' begins with '/'.", "Write it relative to this file.")
    if any(character < " " for character in reference):
        return BadReference("BCP111", "The path has a control character.", "Take it out.")
    if any(character in _NO_PATH for character in reference):
        return BadReference("BCP085", f"'{reference}' has a character that no path may have.", "Take it out.")
    if reference.endswith((".", " ")):
        return BadReference("BCP086", f"'{reference}' ends in a character that no path may end in.", "Take it out.")
    if "\\" in reference:
        return BadReference("BCP098", f"The path '{reference}' has a backslash.", "Use '/' between folders.")
    if not _could_exist(reference):
        return BadReference("BCP091", f"There is no readable file '{reference[:_LONGEST_NAME]}...': no file has so long a name.", "Correct the path.")
    return Path(os.path.normpath(referrer.parent / reference))


def _could_exist(reference: str) -> bool:
    """False for what no file system takes for a path."""
    encoded = reference.encode("utf-8", "surrogatepass")
    return len(encoded) <= _LONGEST_PATH and all(len(part) <= _LONGEST_NAME for part in encoded.split(b"/")) and encoded.decode("utf-8", "ignore") == reference
