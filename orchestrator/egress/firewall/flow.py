"""A flow as a firewall meets it."""

from dataclasses import dataclass

from orchestrator.egress.addresses.matcher import Packet


@dataclass(frozen=True, slots=True)
class FirewallFlow:
    """A flow as a firewall meets it. `host`: the name in it, None where it goes to an address; `dns_agrees`: client and firewall resolve names alike."""

    protocol: str
    port: int
    source: Packet
    destination: Packet
    host: str | None
    exact: bool = False
    dns_agrees: bool = False
    location: str = ""
