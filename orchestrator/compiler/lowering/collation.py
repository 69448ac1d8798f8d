"""The order of symbolic names: that of ICU's root collation, as far as identifiers go.

Marks before digits before letters without regard to case; where that ties, lower case first.
"""


def collation_key(name: str) -> tuple[list[tuple[int, str]], list[bool]]:
    """A key to sort names by."""
    return [(0 if not char.isalnum() else 1 if char.isdigit() else 2, char.lower()) for char in name], [char.isupper() for char in name]
