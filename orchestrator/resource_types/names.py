"""How Microsoft spells each type in each version, and which versions there are: of all types that exist, not only of those in the table.

A member of the pack is a namespace in lower case, a line a type:

    path in lower case TAB spelling SPACE version SPACE version ... [TAB another spelling SPACE its versions ...]

Spellings may differ by version (`Microsoft.Aad/...` of 2025-06-01 is `Microsoft.AAD/...` in 2025-10-01-preview).
"""

from functools import cache

from orchestrator.resource_types.lookup import TABLE
from orchestrator.resource_types.pack import Pack

_NAMES = Pack(TABLE / "names.pack")


def canonical_name(type_: str, version: str) -> str | None:
    """`Type@version` as Microsoft spells it, whatever the case given; None where there is no such type or not in that version."""
    wanted = version.lower()
    for spelling, versions in _find_spellings(type_.lower()):
        if wanted in versions:
            return f"{spelling}@{wanted}"
    return None


def versions_of(type_: str) -> tuple[str, ...]:
    """All versions of a type, oldest first; empty where there is no such type."""
    return tuple(sorted(version for _, versions in _find_spellings(type_.lower()) for version in versions))


def newest_spelling(type_: str) -> str | None:
    """A type as its newest version spells it; None where there is no such type."""
    spellings = _find_spellings(type_.lower())
    return max(spellings, key=lambda spelling: max(spelling[1]))[0] if spellings else None


def types_of(namespace: str) -> tuple[str, ...]:
    """The types of a namespace as their newest versions spell them, sorted; empty where there is no such namespace."""
    lower = namespace.lower()
    spelt = (newest_spelling(f"{lower}/{path}") for path in paths_of(lower))
    return tuple(name for name in spelt if name is not None)


def namespaces() -> tuple[str, ...]:
    """All namespaces, in lower case, sorted."""
    return _NAMES.names()


@cache
def paths_of(namespace: str) -> tuple[str, ...]:
    """The paths of a namespace's types, all in lower case, sorted."""
    return tuple(line.partition("\t")[0] for line in _read_namespace(namespace).splitlines()[1:])


@cache
def _read_namespace(namespace: str) -> str:
    """The member after a line feed, so that every line has one on both sides."""
    content = _NAMES.find(namespace)
    return "\n" if content is None else f"\n{content.decode()}"


@cache
def _find_spellings(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    namespace, _, path = name.partition("/")
    text = _read_namespace(namespace)
    start = text.find(f"\n{path}\t")
    if start < 0:
        return ()
    line = text[start + 1 : text.index("\n", start + 1)]
    spellings = (field.split(" ") for field in line.split("\t")[1:])
    return tuple((spelling, tuple(versions)) for spelling, *versions in spellings)
