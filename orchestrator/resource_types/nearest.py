"""What somebody may have meant who wrote a type or a version that does not exist.

Types are compared by edit distance, a neighbour transposed being one edit: the namespace by itself (one that exists is meant), then the path.
Where nothing is near, the same path in another namespace is. Versions are compared by date.
"""

from collections.abc import Iterable
from datetime import date

from orchestrator.resource_types.names import namespaces, newest_spelling, paths_of, versions_of


def nearest_types(name: str, n: int = 3) -> tuple[str, ...]:
    """At most n types that exist, the nearest first; `@version` in the name is ignored."""
    namespace, _, path = name.lower().partition("@")[0].partition("/")
    known = namespaces()
    meant = [(0, namespace)] if namespace in known else _near(namespace, known)
    near = [(off + further, f"{other}/{there}") for off, other in meant for further, there in _near(path, paths_of(other))]
    found = [full for _, full in sorted(near)] or [f"{other}/{path}" for other in known if path in paths_of(other)]
    spelt = (newest_spelling(full) for full in found[:n])
    return tuple(spelling for spelling in spelt if spelling is not None)


def nearest_versions(type_: str, version: str, n: int = 3) -> tuple[str, ...]:
    """At most n versions of a type that exist, the nearest by date first, stable before preview; the newest first where `version` is no date."""
    wanted = _days(version)
    versions = versions_of(type_)
    newest = max((_days(known) or 0 for known in versions), default=0)
    target = newest if wanted is None else wanted
    return tuple(sorted(reversed(versions), key=lambda known: (abs((_days(known) or 0) - target), known[10:]))[:n])


def _days(version: str) -> int | None:
    try:
        return date.fromisoformat(version[:10]).toordinal()
    except ValueError:
        return None


def _near(name: str, candidates: Iterable[str]) -> list[tuple[int, str]]:
    """The candidates within a quarter of the name's length, nearest first, with their distances."""
    limit = max(2, len(name) // 4)
    distances = ((_distance(name, candidate), candidate) for candidate in candidates if abs(len(candidate) - len(name)) <= limit)
    return sorted((distance, candidate) for distance, candidate in distances if distance <= limit)


def _distance(left: str, right: str) -> int:
    """Edit distance with transpositions (optimal string alignment), bit-parallel: a column of the table is two whole numbers.

    H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003): bit i of `up` (`down`) says that cell i of the
    column is one more (one less) than the cell above it; `same` marks where the character matches; the last cell is carried along as `distance`.
    """
    if not left:
        return len(right)
    places: dict[str, int] = {}
    for position, character in enumerate(left):
        places[character] = places.get(character, 0) | 1 << position
    mask, last = (1 << len(left)) - 1, 1 << len(left) - 1
    up, down, diagonal, matches_before, distance = mask, 0, 0, 0, len(left)
    for character in right:
        matches = places.get(character, 0)
        transposed = (((~diagonal & matches) << 1) & matches_before) & mask
        diagonal = ((((matches & up) + up) ^ up) | matches | down | transposed) & mask
        more, less = down | (~(diagonal | up) & mask), up & diagonal
        distance += bool(more & last) - bool(less & last)
        more, less = (more << 1 | 1) & mask, (less << 1) & mask
        up, down = less | (~(diagonal | more) & mask), more & diagonal
        matches_before = matches
    return distance
