"""Finds the rules that may cover another without a look at every pair: a rule is filed under all that it holds, and looked for where a wider one must be.

Theory of operation: whoever covers a rule covers each part of it, its first source as well as its first destination; so every covering rule is filed under
one of the keys that are as wide as that part or wider. Each part gives one such set of keys; the set with the fewest rules is enough to look at.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias, TypeVar

from orchestrator.egress.addresses.matcher import AddressMatcher

Part: TypeAlias = Hashable
Key: TypeAlias = tuple[Hashable, ...]

_Drawer = TypeVar("_Drawer", bound=Hashable)

ANYTHING = "*"
_FEW = 4
_MOST_PAIRS = 256
_MANY: Key = ("many",)


class CoverIndex:
    """Rules by number, in the order in which they are filed."""

    def __init__(self) -> None:
        self._targets: dict[Key, list[int]] = {}
        self._sources: dict[Part, list[int]] = {}
        self._lengths: set[int] = set()
        self._filed: list[tuple[int, list[Key], list[Part]]] = []
        self._pairs: dict[Key, list[int]] | None = None

    def file(self, number: int, targets: Iterable[Key], sources: Iterable[Part]) -> None:
        """File a rule under its targets (whatever they are made of) and its sources."""
        heads, tails = list(targets), list(sources)
        self._lengths.update(part[1] for part in (*tails, *(head[-1] for head in heads)) if isinstance(part, tuple))
        for head in heads:
            self._targets.setdefault(head, []).append(number)
        for tail in tails:
            self._sources.setdefault(tail, []).append(number)
        self._filed.append((number, heads, tails))
        if self._pairs is not None:
            _file_pairs(self._pairs, number, heads, tails)

    def candidates(self, targets: Iterable[Iterable[Key]], source: Part | None) -> list[int]:
        """The rules that may cover one. targets: for each of its targets those that are as wide or wider; source: its first source."""
        best: list[int] | None = None
        heads: list[Key] = []
        for each in targets:
            keys = list(each)
            heads = heads or keys
            found = _read(self._targets, keys)
            best = found if best is None or len(found) < len(best) else best
            if len(best) <= _FEW:
                return sorted(set(best))
        tails = list(self.wider(source)) if source is not None else []
        found = _read(self._sources, tails)
        best = found if best is None or (tails and len(found) < len(best)) else best
        if len(best) > _FEW and tails:
            found = _read(self._make_pairs(), [*((*head, tail) for head in heads for tail in tails), _MANY])
            best = found if len(found) < len(best) else best
        return sorted(set(best))

    def _make_pairs(self) -> dict[Key, list[int]]:
        """Targets and sources together, where neither alone is enough; made when it is first needed."""
        if self._pairs is None:
            self._pairs = {}
            for number, heads, tails in self._filed:
                _file_pairs(self._pairs, number, heads, tails)
        return self._pairs

    def wider(self, part: Part) -> Iterator[Part]:
        """A part of an address list, and all that holds it: anything, the prefixes around it, the tag without its region."""
        yield ANYTHING
        if isinstance(part, tuple):
            low, prefix_length = part
            yield from ((low >> (32 - length) << (32 - length), length) for length in self._lengths if length <= prefix_length)
        elif part != ANYTHING:
            yield part
            yield str(part).partition(".")[0]


def address_parts(matcher: AddressMatcher) -> Iterator[Part]:
    """What an address list is made of: blocks as (first address, length), tags, addresses of resources; `*` for anything."""
    if matcher.any:
        yield ANYTHING
        return
    yield from matcher.ranges.blocks()
    yield from (tag.lower() for tag in matcher.tags)
    yield from (f"own {each.lower()}" for each in matcher.own)


def _file_pairs(pairs: dict[Key, list[int]], number: int, heads: list[Key], tails: list[Part]) -> None:
    """A rule with very many pairs is a candidate for all."""
    keys = [(*head, tail) for head, tail in product(heads, tails)] if len(heads) * len(tails) <= _MOST_PAIRS else [_MANY]
    for key in keys:
        pairs.setdefault(key, []).append(number)


def _read(drawers: Mapping[_Drawer, list[int]], keys: Iterable[_Drawer]) -> list[int]:
    return [number for key in keys for number in drawers.get(key, ())]
