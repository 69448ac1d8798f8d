"""Three-valued truth: yes, no, or not known, each with what it assumes.

Theory of operation: an answer is *certain* (no assumption), *assumed* (it names what it takes for granted: a documented tag expansion, a predicted address)
or *not known* (value None, with reasons). Nothing that is not known is ever read as yes. `choose_first` is the one walk through an ordered list (rules,
routes): where a match is not known, both ways are followed, so it returns every choice that is still possible.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, order=True)
class Assumption:
    """Something taken for granted. `code`: a stable name; `text`: what a reader is told; `source`: where it comes from."""

    code: str
    text: str
    source: str = ""


NOTHING_ASSUMED: frozenset[Assumption] = frozenset()


@dataclass(frozen=True, slots=True)
class Truth:
    """`value` None means not known, and `reasons` say why."""

    value: bool | None
    assumptions: frozenset[Assumption] = NOTHING_ASSUMED
    reasons: tuple[str, ...] = ()


YES = Truth(True)
NO = Truth(False)


def assumed(value: bool, assumption: Assumption) -> Truth:
    """Yes or no, on an assumption."""
    return Truth(value, frozenset((assumption,)))


def not_known(*reasons: str) -> Truth:
    """Neither yes nor no."""
    return Truth(None, NOTHING_ASSUMED, reasons)


def all_of(*truths: Truth) -> Truth:
    """A certain no decides, then an assumed one; else what is not known; else yes, on all that the parts assume."""
    open_parts = []
    denied: Truth | None = None
    for truth in truths:
        if truth is YES:
            continue
        if truth.value is False:
            if not truth.assumptions:
                return truth
            denied = denied or truth
        open_parts.append(truth)
    if denied is not None:
        return denied
    if not open_parts:
        return YES
    assumptions = frozenset[Assumption]().union(*(truth.assumptions for truth in open_parts))
    reasons = tuple(reason for truth in open_parts for reason in truth.reasons)
    return Truth(None if any(truth.value is None for truth in open_parts) else True, assumptions, reasons)


def any_of(*truths: Truth) -> Truth:
    """A certain yes decides, then an assumed one; else what is not known; else no, on all that the parts assume."""
    flipped = all_of(*(opposite(truth) for truth in truths))
    return opposite(flipped)


def opposite(truth: Truth) -> Truth:
    """Yes for no; what is not known stays so."""
    if truth is YES:
        return NO
    if truth is NO:
        return YES
    return Truth(None if truth.value is None else not truth.value, truth.assumptions, truth.reasons)


@dataclass(frozen=True, slots=True)
class Choice(Generic[Item]):
    """A possible first match: the item, None where nothing matches; what that takes for granted; why it is only possible."""

    item: Item | None
    assumptions: frozenset[Assumption]
    reasons: tuple[str, ...]


def choose_first(items: Iterable[Item], match: Callable[[Item], Truth]) -> tuple[Choice[Item], ...]:
    """All first matches that are possible, in order; one, without reasons, where everything is known."""
    choices: list[Choice[Item]] = []
    assumptions = NOTHING_ASSUMED
    reasons: tuple[str, ...] = ()
    for item in items:
        truth = match(item)
        if truth is NO:
            continue
        if truth.value is False:
            assumptions |= truth.assumptions
            continue
        reasons = (*reasons, *truth.reasons)
        choices.append(Choice(item, assumptions | truth.assumptions, reasons))
        if truth.value:
            return tuple(choices)
    return (*choices, Choice(None, assumptions, reasons))
