"""How many nodes a cluster has at the most: each pool's maximum, and what an upgrade adds."""

from math import ceil

from orchestrator.egress.network.model import Pool


def count_nodes(pools: tuple[Pool, ...]) -> int:
    """The most nodes at once: each pool's maximum and its surge."""
    return sum(pool.max_count + surge_nodes(pool) for pool in pools)


def surge_nodes(pool: Pool) -> int:
    """How many nodes an upgrade adds; one where nothing is said."""
    text = pool.surge or "1"
    if text.endswith("%") and text[:-1].isdigit():
        return ceil(pool.max_count * int(text[:-1]) / 100)
    return int(text) if text.isdigit() else 1
