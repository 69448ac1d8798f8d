"""The internet's namespace: every address is local to it, except those that a virtual network holds, and API servers admit whom they are told to."""

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orchestrator.lab.dataplane.internet.authority import Authority
from orchestrator.lab.dataplane.internet.names import Names
from orchestrator.lab.dataplane.internet.services import Services
from orchestrator.lab.dataplane.internet.test_hosts import make_test_chains
from orchestrator.lab.dataplane.namespaces import Namespace
from orchestrator.lab.dataplane.nft import ACCEPT, DROP, Chain, RuleSockets, Statement, destination_is, source_is
from orchestrator.lab.dataplane.world import ApiServer

GATEWAY = "169.254.2.1"
"""The internet's end of every uplink."""

_LOOPBACK = 1


@dataclass(frozen=True, slots=True)
class Holding:
    """The public addresses behind an uplink, and the router's address on it."""

    via: str
    addresses: frozenset[str]


class Internet:
    """One for the whole lab. `door`: through which connections to API servers are handed to the control plane."""

    def __init__(self, rules: RuleSockets, door: socket.socket | None = None) -> None:
        self.namespace = Namespace("internet")
        self.names = Names()
        self.authority = Authority()
        self._rules = rules
        self._held: dict[int, frozenset[str]] = {}
        self._services = Services(self.namespace, self.names, self.authority, door)
        self.namespace.add_route("0.0.0.0/0", kind="local", index=_LOOPBACK)
        self.namespace.commit()
        rules.replace_table(self.namespace, "test-hosts", make_test_chains())

    async def start(self) -> None:
        """Begin to answer."""
        await self._services.start()

    def attach(self, router: Namespace, index: int, address: str) -> tuple[int, int]:
        """An uplink to a router: `index` names it, `address` is the router's end. Gives the numbers of the interface at the router and here."""
        inner, outer = router.connect("up0", self.namespace, f"net{index}")
        self.namespace.add_address(outer, GATEWAY)
        self.namespace.add_route(f"{address}/32", index=outer)
        self.namespace.commit()
        router.add_address(inner, address)
        router.commit()
        return inner, outer

    def hold(self, holdings: Mapping[int, Holding]) -> None:
        """Which public addresses are behind which uplink, all of them at once; what is behind none is a host of the internet."""
        for uplink, held in self._held.items():
            wanted = holdings[uplink].addresses if uplink in holdings else frozenset()
            for address in sorted(held - wanted):
                self.namespace.remove_route(f"{address}/32")
        for uplink, holding in holdings.items():
            for address in sorted(holding.addresses - self._held.get(uplink, frozenset())):
                self.namespace.add_route(f"{address}/32", index=uplink, via=holding.via)
        self.namespace.commit()
        self._held = {uplink: holding.addresses for uplink, holding in holdings.items()}

    def admit(self, servers: Sequence[ApiServer]) -> None:
        """Only the named ranges reach an API server that has some; everyone else is met with silence."""
        rules: list[tuple[Statement, ...]] = []
        for server in servers:
            address = self.names.find_address(server.name)
            if server.ranges and address is not None:
                rules += [(destination_is(address), source_is(prefix), ACCEPT) for prefix in server.ranges if ":" not in prefix]
                rules.append((destination_is(address), DROP))
        self._rules.replace_table(self.namespace, "api", [Chain("input", "filter", "input", 0, tuple(rules))])
