"""`--pattern`: the files that a glob pattern matches, in the order of their paths.

`*` matches within a name, `**` any folders, `*.*` every name; `?`, `[]` and `{}` stand for themselves. Names match in any case; a folder that is written
out is looked up as the file system spells it (Microsoft.Extensions.FileSystemGlobbing, as the official CLI uses it).
"""

import os
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import Path


def find_files(pattern: str, folder: Path) -> list[Path]:
    """The matching files; a relative pattern starts at `folder`."""
    start, parts = _split(pattern, folder)
    return sorted(set(_match(start, parts)), key=str) if parts else []


def find_pattern_base(pattern: str, folder: Path) -> Path:
    """The folder before the first wildcard."""
    start, parts = _split(pattern, folder)
    return Path(os.path.normpath(start.joinpath(*takewhile(lambda part: "*" not in part, parts[:-1]))))


def _split(pattern: str, folder: Path) -> tuple[Path, list[str]]:
    parts = [part for part in pattern.replace("\\", "/").split("/") if part not in ("", ".")]
    start = Path(Path(pattern).anchor) if os.path.isabs(pattern) else folder
    return start, parts[1:] if Path(pattern).drive else parts


def _match(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    part, rest = parts[0], parts[1:]
    if part == "..":
        yield from _match(Path(os.path.normpath(folder / "..")), rest) if rest else ()
    elif part == "**":
        yield from _match_below(folder, rest or ["*"])
    elif not rest:
        yield from (Path(entry) for entry in _entries(folder, part) if entry.is_file())
    elif "*" in part:
        for entry in _entries(folder, part):
            if entry.is_dir():
                yield from _match(Path(entry), rest)
    elif (folder / part).is_dir():
        yield from _match(folder / part, rest)


def _match_below(folder: Path, rest: Sequence[str]) -> Iterator[Path]:
    """`**`: here, and in every folder below."""
    yield from _match(folder, rest)
    for entry in _entries(folder, "*"):
        if entry.is_dir(follow_symlinks=False):
            yield from _match_below(Path(entry), rest)


def _entries(folder: Path, part: str) -> "list[os.DirEntry[str]]":
    matches = re.compile(".*" if part == "*.*" else ".*".join(re.escape(piece) for piece in part.split("*")), re.IGNORECASE | re.DOTALL)
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if matches.fullmatch(entry.name)]
    except OSError:  # a folder that cannot be read holds nothing
        return []
