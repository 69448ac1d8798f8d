"""Names and their addresses in the lab's internet: every name that exists has one address, and no two names share one."""

from orchestrator.catalog.lab_internet import candidate_addresses, name_exists


class Names:
    """Gives addresses to names as they are asked for; pinned names and the catalog's order of candidates make that the same each time."""

    def __init__(self) -> None:
        self._by_name: dict[str, str] = {}
        self._by_address: dict[str, str] = {}

    def find_address(self, name: str) -> str | None:
        """The address of a name; None for one that does not exist."""
        folded = name.rstrip(".").lower()
        if folded not in self._by_name:
            if not _is_public(folded):
                return None
            self._take(folded)
        return self._by_name[folded]

    def _take(self, name: str) -> None:
        address = next(candidate for candidate in candidate_addresses(name) if candidate not in self._by_address)
        self._by_name[name] = address
        self._by_address[address] = name


def _is_public(name: str) -> bool:
    """Single labels, reverse names and addresses are no public host names."""
    labels = name.split(".")
    return len(labels) > 1 and all(labels) and not labels[-1].isdigit() and labels[-1] != "arpa" and name_exists(name)
