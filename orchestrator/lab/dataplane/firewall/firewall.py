"""An Azure Firewall in its namespace: thin packet handling around the decisions of `policy`.

The first packet of a flow waits in a queue for its decision, which goes on as the packet's mark: forwarded, redirected to the proxy, or dropped in silence.
Later packets belong to a known flow and never leave the kernel. Rules change by replacing a value; flows that were allowed stay.
"""

import asyncio
from dataclasses import replace

from orchestrator.catalog.lab_internet import AZURE_DNS
from orchestrator.lab.dataplane.addresses import PRIVATE_RANGES
from orchestrator.lab.dataplane.datagrams import listener
from orchestrator.lab.dataplane.firewall.dns_proxy import DnsProxy, Resolver
from orchestrator.lab.dataplane.firewall.firewall_log import FirewallLog
from orchestrator.lab.dataplane.firewall.policy import Action, Decision, Flow, Request, decide_flow, decide_request
from orchestrator.lab.dataplane.firewall.proxy import Proxy
from orchestrator.lab.dataplane.http_messages import HEAD_LIMIT
from orchestrator.lab.dataplane.nft import (
    ACCEPT,
    Chain,
    State,
    Statement,
    destination_is,
    from_interface,
    in_state,
    marked,
    of_protocol,
    redirect_to,
    source_is,
    source_to,
    source_to_one_of,
    to_interface,
    to_port,
)
from orchestrator.lab.dataplane.packet_queue import TCP, UDP, FirstPacket, PacketQueue
from orchestrator.lab.dataplane.router import PROTOCOLS, Machine, Tools
from orchestrator.lab.dataplane.world import Firewall as FirewallConfiguration

_ALLOWED, _PROXIED = 1, 2
_PROXY_PORT = 8443
_DNS = 53
_LOOPBACK = 1
_BEFORE_NAT, _DESTINATION_NAT, _FILTER, _SOURCE_NAT = -150, -100, 0, 100


class Firewall:
    """A running firewall, and its log."""

    def __init__(self, machine: Machine, tools: Tools, configuration: FirewallConfiguration) -> None:
        self.log = FirewallLog(configuration.id)
        self._machine = machine
        self._tools = tools
        self._configuration = configuration
        self._resolver = Resolver(machine.namespace)
        self._dns = DnsProxy(machine.namespace, self._resolver)
        self._proxy = Proxy(machine.namespace, self._resolver, self._judge_request)
        self._queue = PacketQueue(machine.namespace, self._judge_packet)
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to serve."""
        await self._dns.start()
        self._server = await asyncio.start_server(self._proxy.serve, sock=listener(self._machine.namespace, _PROXY_PORT), limit=HEAD_LIMIT)
        self._apply()

    def configure(self, configuration: FirewallConfiguration) -> None:
        """Take over rules, addresses and DNS settings in place."""
        before = self._configuration
        self._configuration = configuration
        self._remember_settings()
        if replace(before, segment=configuration.segment, settings=configuration.settings) != configuration or _switches(before) != _switches(configuration):
            self._apply()

    def close(self) -> None:
        """Stop; the namespace goes with its router."""
        self._queue.close()
        self._dns.close()
        if self._server is not None:
            self._server.close()

    def _remember_settings(self) -> None:
        settings = self._configuration.settings
        self._resolver.servers = settings.dns_servers or (AZURE_DNS,)
        self._dns.remember(settings.rules.learned_names if settings.dns_proxy else frozenset())

    def _apply(self) -> None:
        self._remember_settings()
        self._tools.rules.replace_table(self._machine.namespace, "firewall", self._chains())

    def _chains(self) -> list[Chain]:
        inside = from_interface(self._machine.own_index)
        own = f"{self._machine.address}/32"
        known = in_state(State.ESTABLISHED, State.RELATED)
        accepted = ((known, ACCEPT), (from_interface(_LOOPBACK), ACCEPT), (marked(_PROXIED), ACCEPT))
        questions = [(of_protocol(p), to_port(_DNS), destination_is(own), ACCEPT) for p in (UDP, TCP)] if _listens(self._configuration) else []
        new: list[tuple[Statement, ...]] = [(inside, in_state(State.NEW), destination_is(own, negated=True), self._tools.queue)]
        return [
            Chain("new", "filter", "prerouting", _BEFORE_NAT, tuple(new)),
            Chain("web", "nat", "prerouting", _DESTINATION_NAT, ((of_protocol(TCP), marked(_PROXIED), redirect_to(_PROXY_PORT)),)),
            Chain("own", "filter", "input", _FILTER, (*accepted, *questions), accepts=False),
            Chain("through", "filter", "forward", _FILTER, ((known, ACCEPT), (marked(_ALLOWED), ACCEPT)), accepts=False),
            Chain("out", "nat", "postrouting", _SOURCE_NAT, tuple(self._translations(own))),
        ]

    def _translations(self, own: str) -> list[tuple[Statement, ...]]:
        """What the proxy sends always takes a public address, and so does what network rules let pass, but to the ranges that keep their source.

        To a private address outside of those ranges the source is the firewall's own private one.
        """
        outward = to_interface(self._machine.own_index)
        public = [destination_is(prefix, negated=True) for prefix in (*PRIVATE_RANGES, f"{AZURE_DNS}/32")]
        translated = [destination_is(prefix, negated=True) for prefix in (*self._configuration.settings.untranslated, f"{AZURE_DNS}/32")]
        rules = source_to_one_of((outward, source_is(own), *public), self._configuration.addresses, random=True)
        rules += source_to_one_of((outward, *public, *translated), self._configuration.addresses, random=True)
        return [*rules, (outward, *translated, source_to(self._machine.address))]

    def _judge_packet(self, packet: FirstPacket) -> int | None:
        protocol = PROTOCOLS.get(packet.protocol, "OTHER")
        flow = Flow(protocol, packet.source, packet.destination, packet.destination_port, packet.source_port)
        decision = decide_flow(self._configuration.settings.rules, flow, self._dns.knows)
        if decision.action is Action.PROXY:
            return _PROXIED
        self.log.write_flow(flow, decision)
        return _ALLOWED if decision.action is Action.ALLOW else None

    def _judge_request(self, request: Request, source_port: int) -> Decision:
        decision = decide_request(self._configuration.settings.rules, request)
        self.log.write_request(request, source_port, decision)
        return decision


def _switches(configuration: FirewallConfiguration) -> tuple[bool, tuple[str, ...]]:
    return configuration.settings.dns_proxy, configuration.settings.untranslated


def _listens(configuration: FirewallConfiguration) -> bool:
    return configuration.settings.dns_proxy
