"""The fewest rules for a set of flows, where a rule is a product: each of its names (or addresses) by each of its protocols (or ports), and nothing else.

Exact, never wider: the products together are the set itself. Names and protocols have at most three kinds of names, so the fewest is found by looking; for
addresses and ports the fewest is a hard problem, so two ways of grouping are tried, and the better one is taken.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)
Product = tuple[frozenset[Left], frozenset[Right]]


def cover_exactly(pairs: Iterable[tuple[Left, Right]]) -> tuple[Product[Left, Right], ...]:
    """Products whose union is exactly the pairs."""
    by_left: dict[Left, set[Right]] = {}
    by_right: dict[Right, set[Left]] = {}
    for left, right in pairs:
        by_left.setdefault(left, set()).add(right)
        by_right.setdefault(right, set()).add(left)
    one = tuple((lefts, rights) for rights, lefts in _alike(by_left).items())
    other = tuple(_alike(by_right).items())
    return other if len(other) < len(one) else one


def _alike(groups: Mapping[Left, set[Right]]) -> dict[frozenset[Right], frozenset[Left]]:
    """What belongs to the same set, together."""
    found: dict[frozenset[Right], frozenset[Left]] = {}
    for key, members in groups.items():
        kind = frozenset(members)
        found[kind] = found.get(kind, frozenset()) | {key}
    return found
