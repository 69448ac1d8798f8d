"""The nearest of the names that there are: `did you mean`."""

from collections.abc import Iterable
from difflib import get_close_matches


def find_nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like the given one; None where none is like it. Case does not count."""
    by_folded = {candidate.lower(): candidate for candidate in known}
    matches = get_close_matches(name.lower(), list(by_folded), n=1, cutoff=0.5)
    return by_folded[matches[0]] if matches else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """`did you mean 'x'?`, or the names that there are; None where there are none."""
    names = sorted(known)
    nearest = find_nearest_name(name, names)
    if nearest is not None:
        return f"did you mean '{nearest}'?"
    return f"known: {', '.join(names)}" if names else None
