"""The firewall's names: a resolver that asks Azure's DNS (or the policy's servers), and the DNS proxy, which knows the addresses of FQDNs in network rules.

It resolves those itself, again and again, and remembers what it answered to clients; a client that asks elsewhere is let through where it got the same address
(learn.microsoft.com/azure/firewall/dns-details).
"""

import asyncio
import contextlib
import re
import socket
import struct
import time

from dnslib import QTYPE, RCODE, DNSError, DNSRecord

from orchestrator.catalog.lab_internet import AZURE_DNS
from orchestrator.lab.dataplane.datagrams import Datagram, DatagramService, listener
from orchestrator.lab.dataplane.namespaces import Namespace

REMEMBERED_SECONDS = 900.0
"""Addresses of an FQDN stay for 15 minutes after they were last answered (learn.microsoft.com/azure/firewall/fqdn-filtering-network-rules)."""

REFRESH_SECONDS = 15.0
"""So often the firewall resolves the FQDNs of its network rules (the same page)."""

_DNS = 53
_SECONDS = 2.0
_LIMIT = 4096


_ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}", re.ASCII)
_HOST_NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.ASCII)


class Resolver:
    """Asks DNS servers from inside a namespace; answers for its own use are kept for their time to live."""

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace
        self._cache: dict[str, tuple[float, list[str]]] = {}
        self.servers: tuple[str, ...] = (AZURE_DNS,)

    async def ask(self, question: bytes) -> bytes | None:
        """A server's answer, or None where none answers."""
        for server in self.servers:
            with contextlib.suppress(TimeoutError, OSError):
                return await asyncio.wait_for(self._ask(server, question), _SECONDS)
        return None

    async def addresses(self, name: str) -> list[str]:
        """The IPv4 addresses of a name; none where it does not exist or nobody answers."""
        if _ADDRESS.fullmatch(name):
            return [name]
        if not _HOST_NAME.fullmatch(name):
            return []
        kept = self._cache.get(name)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        answer = await self.ask(bytes(DNSRecord.question(name).pack()))
        if answer is None:
            return []
        found, lifetime = read_addresses(answer)
        self._cache[name] = (time.monotonic() + lifetime, found)
        return found

    async def _ask(self, server: str, question: bytes) -> bytes:
        loop = asyncio.get_running_loop()
        with self._namespace.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect((server, _DNS))
            await loop.sock_sendall(asking, question)
            while True:
                answer = await loop.sock_recv(asking, _LIMIT)
                if answer[:2] == question[:2]:
                    return answer


def read_addresses(answer: bytes) -> tuple[list[str], float]:
    """The A records of an answer and their shortest time to live."""
    try:
        record = DNSRecord.parse(answer)
    except DNSError:
        return [], 0.0
    records = [item for item in record.rr if item.rtype == QTYPE.A]
    return [str(item.rdata) for item in records], float(min((item.ttl for item in records), default=0))


class DnsProxy:
    """Passes questions on and remembers the answers that matter. Only where the firewall's rules for packets let questions in does it hear any."""

    def __init__(self, namespace: Namespace, resolver: Resolver) -> None:
        self._remembered: frozenset[str] = frozenset()
        self._resolver = resolver
        self._namespace = namespace
        self._learned: dict[str, dict[str, float]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._service = DatagramService(namespace, _DNS, self._take)
        self._server: asyncio.Server | None = None
        self._refreshing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen on TCP too."""
        self._server = await asyncio.start_server(self._serve, sock=listener(self._namespace, _DNS))

    def remember(self, names: frozenset[str]) -> None:
        """The names whose addresses matter from now on."""
        if names == self._remembered:
            return
        self._remembered = names
        if self._refreshing is not None:
            self._refreshing.cancel()
        self._refreshing = asyncio.get_running_loop().create_task(self._refresh()) if names else None

    def knows(self, name: str, address: str) -> bool:
        """Whether an answer gave this address for a name, not too long ago."""
        return self._learned.get(name, {}).get(address, 0.0) > time.monotonic()

    def close(self) -> None:
        """Stop."""
        self._service.close()
        if self._server is not None:
            self._server.close()
        for task in (*self._tasks, *([self._refreshing] if self._refreshing is not None else [])):
            task.cancel()

    async def _refresh(self) -> None:
        while True:
            for name in sorted(self._remembered):
                self._learn(name, await self._resolver.addresses(name))
            await asyncio.sleep(REFRESH_SECONDS)

    def _take(self, datagram: Datagram) -> None:
        task = asyncio.get_running_loop().create_task(self._pass_on(datagram))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, datagram: Datagram) -> None:
        answer = await self._answer(datagram.data)
        if answer is not None:
            self._service.reply(datagram, answer)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                answer = await self._answer(await reader.readexactly(length))
                if answer is None:
                    break
                writer.write(struct.pack("!H", len(answer)) + answer)
                await writer.drain()
        writer.close()

    async def _answer(self, question: bytes) -> bytes | None:
        try:
            asked = DNSRecord.parse(question)
        except DNSError:
            return None
        answer = await self._resolver.ask(question)
        if answer is None:
            failure = asked.reply(ra=1)
            failure.header.rcode = RCODE.SERVFAIL
            return bytes(failure.pack())
        self._learn(str(asked.q.qname).rstrip(".").lower(), read_addresses(answer)[0])
        return answer

    def _learn(self, name: str, addresses: list[str]) -> None:
        if name in self._remembered:
            self._learned.setdefault(name, {}).update(dict.fromkeys(addresses, time.monotonic() + REMEMBERED_SECONDS))
