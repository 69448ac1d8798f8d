"""How many addresses some public addresses and prefixes have."""

from orchestrator.egress.network.model import Network

_BITS = 32


def count_public_addresses(network: Network, ids: tuple[str, ...]) -> int | None:
    """Each public address is one, a prefix has as many as its length leaves; None where a prefix's length is not known."""
    total = 0
    for each in ids:
        count = _count_prefix(network, each) if "/publicipprefixes/" in each.lower() else 1
        if count is None:
            return None
        total += count
    return total


def _count_prefix(network: Network, prefix_id: str) -> int | None:
    assigned = len(network.addresses.get(prefix_id.lower(), ()))
    resource = network.resources.snapshot.find(prefix_id)
    length = resource.properties.get("prefixLength") if resource is not None else None
    if assigned or not isinstance(length, int):
        return assigned or None
    return 1 << (_BITS - length)
