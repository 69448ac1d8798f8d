"""What answers in the lab's internet: DNS, HTTP and TLS for every name, the address echo, registries, API servers, NTP and the cluster tunnel's ports."""

import asyncio
import contextlib
import socket
import struct
import time

from dnslib import QTYPE, RCODE, RR, A, DNSError, DNSRecord

from orchestrator.catalog.lab_internet import AZURE_DNS, ECHO_HOSTS, NTP_HOSTS, TEST_HOSTS, echo_path, service_tag_prefixes
from orchestrator.lab.dataplane.addresses import read_address_set
from orchestrator.lab.dataplane.datagrams import Datagram, DatagramService, listener
from orchestrator.lab.dataplane.http_messages import HEAD_LIMIT, NotHttp, RequestHead, copy_body, make_response, read_request_head
from orchestrator.lab.dataplane.internet.api_servers import API_SERVERS, hand_over
from orchestrator.lab.dataplane.internet.authority import Authority
from orchestrator.lab.dataplane.internet.names import Names
from orchestrator.lab.dataplane.internet.registries import Registries
from orchestrator.lab.dataplane.internet.test_hosts import PLAIN_TEXT_ANSWER, PLAIN_TEXT_PORT, PROXY_ADDRESS, PROXY_ANSWER, UNANSWERED, answer_as_test_host
from orchestrator.lab.dataplane.namespaces import Namespace

RESOLVERS = frozenset({AZURE_DNS, "8.8.8.8", "8.8.4.4", "1.1.1.1", "1.0.0.1", "9.9.9.9"})
"""Addresses that answer DNS."""

_TTL = 30
_IDLE_SECONDS = 60.0
_NTP_EPOCH = 2208988800
_TUNNEL_UDP, _TUNNEL_TCP, _NTP, _DNS = 1194, 9000, 123, 53
_TFTP_READ, _TFTP_ACKNOWLEDGE = 1, 4


class Services:
    """All services of the internet's namespace. `door`: where connections to API servers go."""

    def __init__(self, namespace: Namespace, names: Names, authority: Authority, door: socket.socket | None = None) -> None:
        self._door = door
        self._registries = Registries()
        self._namespace = namespace
        self._names = names
        self._authority = authority
        self._azure = read_address_set(["AzureCloud"], service_tag_prefixes, lambda _: None)
        self._ntp = frozenset(names.find_address(host) for host in NTP_HOSTS)

    async def start(self) -> None:
        """Listen."""
        DatagramService(self._namespace, _DNS, self._answer_dns)
        DatagramService(self._namespace, _NTP, self._answer_ntp)
        DatagramService(self._namespace, _TUNNEL_UDP, self._answer_tunnel)
        await asyncio.start_server(self._serve_dns, sock=listener(self._namespace, _DNS))
        await asyncio.start_server(self._serve_http, sock=listener(self._namespace, 80), limit=HEAD_LIMIT)
        context = self._authority.server_context()
        await asyncio.start_server(self._serve_http, sock=listener(self._namespace, 443), limit=HEAD_LIMIT, ssl=context)
        await asyncio.start_server(_serve_plain_text, sock=listener(self._namespace, PLAIN_TEXT_PORT))
        await asyncio.start_server(self._serve_tunnel, sock=listener(self._namespace, _TUNNEL_TCP), limit=HEAD_LIMIT)

    def _answer_dns(self, datagram: Datagram) -> bytes | None:
        return answer_dns(self._names, datagram.data) if datagram.destination in RESOLVERS else None

    async def _serve_dns(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while writer.get_extra_info("sockname")[0] in RESOLVERS:
                (length,) = struct.unpack("!H", await reader.readexactly(2))
                answer = answer_dns(self._names, await reader.readexactly(length))
                if answer is None:
                    break
                writer.write(struct.pack("!H", len(answer)) + answer)
        writer.close()

    def _answer_ntp(self, datagram: Datagram) -> bytes | None:
        if datagram.destination not in self._ntp and datagram.destination not in self._azure:
            return None
        return _ntp_answer(datagram.data) if len(datagram.data) == 48 else _echo(datagram)

    def _answer_tunnel(self, datagram: Datagram) -> bytes | None:
        return _echo(datagram) if datagram.destination in self._azure else None

    async def _serve_tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """To any line the address that it came from; to an HTTP request the same, as a response."""
        if writer.get_extra_info("sockname")[0] not in self._azure:
            writer.transport.abort()
            return
        peer = str(writer.get_extra_info("peername")[0])
        with contextlib.suppress(ConnectionError, TimeoutError, asyncio.LimitOverrunError, ValueError):
            line = await asyncio.wait_for(reader.readline(), _IDLE_SECONDS)
            if line:
                text = f"{peer}\n".encode()
                writer.write(make_response("200 OK", text, fields=(("Connection", "close"),)) if b" HTTP/1." in line else text)
                await writer.drain()
        writer.close()

    async def _serve_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = str(writer.get_extra_info("peername")[0])
        with contextlib.suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
            try:
                while await self._serve_request(reader, writer, peer):
                    pass
            except NotHttp:
                writer.write(make_response("400 Bad Request", b"", fields=(("Connection", "close"),)))
        writer.close()

    async def _serve_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, peer: str) -> bool:
        """One request and its response; False where the connection ends with it."""
        head = await asyncio.wait_for(read_request_head(reader), _IDLE_SECONDS)
        if head is None:
            return False
        host = (head.host or "").rstrip(".").lower()
        is_proxy = writer.get_extra_info("sockname")[0] == PROXY_ADDRESS
        if self._door is not None and host.endswith(API_SERVERS) and writer.get_extra_info("ssl_object") is not None:
            await hand_over(self._door, head, reader, writer)
            return False
        if head.expects_continue:
            writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await copy_body(reader, head, None)
        answer = PROXY_ANSWER if is_proxy else self._registries.answer(host, head) or answer_http(head, peer)
        writer.write(answer if head.method != "HEAD" else answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")
        await writer.drain()
        return head.keeps_alive


async def _serve_plain_text(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Whatever is said, the answer is no TLS."""
    with contextlib.suppress(ConnectionError, TimeoutError):
        if await asyncio.wait_for(reader.read(HEAD_LIMIT), _IDLE_SECONDS):
            writer.write(PLAIN_TEXT_ANSWER)
            await writer.drain()
    writer.close()


def answer_dns(names: Names, data: bytes) -> bytes | None:
    """The answer to a DNS question; None for what is no question."""
    try:
        question = DNSRecord.parse(data)
    except DNSError:
        return None
    if question.header.qr or not question.questions:
        return None
    answer = question.reply(aa=0, ra=1)
    name = str(question.q.qname)
    if name.rstrip(".").lower() in UNANSWERED:
        return None
    address = names.find_address(name)
    if address is None:
        answer.header.rcode = RCODE.NXDOMAIN
    elif question.q.qtype == QTYPE.A:
        answer.add_answer(RR(name, QTYPE.A, rdata=A(address), ttl=_TTL))
    return bytes(answer.pack())


def answer_http(head: RequestHead, peer: str) -> bytes:
    """What a host answers; `peer` is the address that the request came from."""
    host = (head.host or "").rstrip(".").lower()
    path = head.target.split("?", 1)[0]
    if host in TEST_HOSTS:
        return answer_as_test_host(host, peer)
    if host in ECHO_HOSTS and path == echo_path(host):
        return make_response("200 OK", f"{peer}\n".encode())
    if host.endswith(API_SERVERS):
        return make_response("401 Unauthorized", b'{"kind":"Status","apiVersion":"v1","status":"Failure","code":401}\n', content_type="application/json")
    return make_response("200 OK", f"{host or 'no host'} in the lab's internet; you came from {peer}\n".encode())


def _echo(datagram: Datagram) -> bytes | None:
    """The address that a datagram came from; as one block of a file to TFTP's read request, so that curl can be the probe of UDP."""
    text = f"{datagram.source}\n".encode()
    if len(datagram.data) >= 4 and datagram.data[0] == 0:
        if datagram.data[1] == _TFTP_READ:
            return struct.pack("!HH", 3, 1) + text
        if datagram.data[1] == _TFTP_ACKNOWLEDGE:
            return None
    return text


def _ntp_answer(question: bytes) -> bytes:
    """An NTP server's answer (RFC 5905, figure 8): version kept, mode 4, stratum 2."""
    now = time.time() + _NTP_EPOCH
    stamp = struct.pack("!II", int(now), int(now % 1 * 2**32))
    version = question[0] & 0x38
    return bytes([version | 4, 2, question[2], 0xEC]) + bytes(8) + b"LAB\0" + stamp + question[40:48] + stamp + stamp
