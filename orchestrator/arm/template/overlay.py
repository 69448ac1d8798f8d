"""What is planned laid over what is there: where it is known it counts, and what it does not say stays."""

from orchestrator.arm.functions.values import Unknown, Value, find_key


def lay_over(below: Value, above: Value) -> Value:
    """Both as one value. Objects are joined; objects with names in lists by their names, other lists of one length item by item."""
    if isinstance(below, dict) and isinstance(above, dict):
        made = dict(below)
        for key, value in above.items():
            known = find_key(made, key)
            made[known or key] = lay_over(made[known], value) if known is not None else value
        return made
    if isinstance(below, list) and isinstance(above, list):
        return _lay_list(below, above)
    return below if isinstance(above, Unknown) else above


def _lay_list(below: list[Value], above: list[Value]) -> list[Value]:
    old, new = _names(below), _names(above)
    if old is not None and new is not None:
        there = dict(zip(old, below, strict=True))
        return [lay_over(there[name], item) if name in there else item for name, item in zip(new, above, strict=True)]
    if len(below) == len(above):
        return [lay_over(old, new) if isinstance(new, dict | Unknown) else new for old, new in zip(below, above, strict=True)]
    return above


def _names(items: list[Value]) -> list[str] | None:
    """The names of a list's objects; None where not each has one of its own."""
    names = [str(item.get("name", "")).lower() if isinstance(item, dict) and isinstance(item.get("name"), str) else "" for item in items]
    return names if all(names) and len(set(names)) == len(names) else None
