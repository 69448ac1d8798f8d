"""Names and priorities that are free: after the last one in use, in steps that leave room."""

from collections.abc import Iterable

from orchestrator.model.errors import Problem, UserError

FIRST, LAST = 101, 65000
_STEPS = (100, 10, 1)


def next_priorities(used: Iterable[int], count: int) -> tuple[int, ...]:
    """`count` priorities after those in use, at multiples of 100 where there is room, else closer; UserError where there is none at all."""
    taken = set(used)
    highest = max(taken, default=FIRST - 1)
    for step in _STEPS:
        start = max((highest // step + 1) * step, FIRST)
        if start + (count - 1) * step <= LAST:
            return tuple(range(start, start + count * step, step))
    free = [number for number in range(FIRST, LAST + 1) if number not in taken][:count]
    if len(free) < count:
        raise UserError([Problem("NoFreePriority", f"all priorities from {FIRST} to {LAST} are in use", remedy="Put entries of the list together.")])
    return tuple(free)


def free_name(wanted: str, used: Iterable[str]) -> str:
    """`wanted`, or `wanted-2` and so on where that is taken; names compare without regard to case."""
    taken = {name.lower() for name in used}
    number, name = 1, wanted
    while name.lower() in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
