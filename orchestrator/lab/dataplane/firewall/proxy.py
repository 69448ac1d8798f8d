"""The transparent proxy of the firewall: it completes the TCP handshake, then judges each HTTP request by its Host header, or a TLS connection by its SNI.

A denied request is answered with 470, as Azure Firewall does, and the connection stays open; a denied TLS connection is reset after the ClientHello, and so
is what is neither. What is allowed goes to the address that the firewall resolves for the name, never to the one that the client chose.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

from orchestrator.lab.dataplane.firewall.dns_proxy import Resolver
from orchestrator.lab.dataplane.firewall.policy import Action, Decision, Request
from orchestrator.lab.dataplane.firewall.tls_hello import LIMIT, Incomplete, NotTls, find_server_name
from orchestrator.lab.dataplane.http_messages import (
    HEAD_LIMIT,
    NotHttp,
    RequestHead,
    copy_body,
    make_response,
    read_request_head,
    read_response_head,
)
from orchestrator.lab.dataplane.namespaces import Namespace, original_destination

_TLS_RECORD = 0x16
_FIRST_BYTES_SECONDS = 10.0
_IDLE_SECONDS = 240.0  # 4 minutes, then a reset (firewall FAQ)
_CONNECT_SECONDS = 10.0
_CHUNK = 65536

Judge = Callable[[Request, int], Decision]
"""(request, the client's port) -> the decision; the judge writes the log."""

_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Serves the connections that the firewall's namespace redirects to it."""

    def __init__(self, namespace: Namespace, resolver: Resolver, judge: Judge) -> None:
        self._namespace = namespace
        self._resolver = resolver
        self._judge = judge

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from its first byte."""
        try:
            await self._serve((reader, writer))
        except (NotHttp, NotTls, ConnectionError, TimeoutError, asyncio.IncompleteReadError, OSError):
            reset(writer)
        finally:
            writer.close()

    async def _serve(self, client: _Ends) -> None:
        reader, writer = client
        first = await asyncio.wait_for(reader.read(1), _FIRST_BYTES_SECONDS)
        port = original_destination(writer.get_extra_info("socket"))[1]
        if first and first[0] == _TLS_RECORD:
            await self._serve_tls(client, first, port)
        elif first:
            await self._serve_http(client, first, port)

    async def _serve_tls(self, client: _Ends, first: bytes, port: int) -> None:
        hello, name = await asyncio.wait_for(_read_hello(client[0], first), _FIRST_BYTES_SECONDS)
        source, source_port = client[1].get_extra_info("peername")
        decision = self._judge(Request("https", source, name, port), source_port)
        upstream = await self._connect(name, port) if decision.action is Action.ALLOW and name else None
        if upstream is None:
            reset(client[1])
            return
        upstream[1].write(hello)
        await _relay(client, upstream)

    async def _serve_http(self, client: _Ends, first: bytes, port: int) -> None:
        upstreams: dict[str, _Ends] = {}
        try:
            while True:
                head = await asyncio.wait_for(read_request_head(client[0], first), _IDLE_SECONDS)
                if head is None or not await self._serve_request(client, head, port, upstreams):
                    return
                first = b""
        finally:
            for upstream in upstreams.values():
                upstream[1].close()

    async def _serve_request(self, client: _Ends, head: RequestHead, port: int, upstreams: dict[str, _Ends]) -> bool:
        """One request; False where the connection ends with it."""
        writer = client[1]
        source, source_port = writer.get_extra_info("peername")
        host, said_port = head.authority
        fits = said_port is None or said_port == port
        decision = self._judge(Request("http", source, host if fits else None, port), source_port)
        if decision.action is not Action.ALLOW or host is None:
            await _refuse(client, head, decision)
            return head.keeps_alive and not head.expects_continue
        if host not in upstreams:
            found = await self._connect(host, port)
            if found is None:
                writer.write(make_response("502 Bad Gateway", b"", fields=(("Connection", "close"),)))
                await writer.drain()
                return False
            upstreams[host] = found
        return await _exchange(client, upstreams[host], head, source)

    async def _connect(self, name: str, port: int) -> _Ends | None:
        """A connection to the first address of a name that takes one."""
        loop = asyncio.get_running_loop()
        for address in await self._resolver.addresses(name.rstrip(".").lower()):
            connecting = self._namespace.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                await asyncio.wait_for(loop.sock_connect(connecting, (address, port)), _CONNECT_SECONDS)
            except (OSError, TimeoutError):
                connecting.close()
                continue
            return await asyncio.open_connection(sock=connecting, limit=HEAD_LIMIT)
        return None


async def _exchange(client: _Ends, upstream: _Ends, head: RequestHead, source: str) -> bool:
    """An allowed request and its response; the body goes up while the response may already come (100-continue)."""
    upstream[1].write(head.raw[:-2] + f"X-Forwarded-For: {source}\r\n\r\n".encode())
    sending = asyncio.get_running_loop().create_task(_send_body(client[0], head, upstream[1]))
    try:
        goes_on = await _pass_response(client, upstream, head)
    finally:
        finished = sending.done()
        if not finished:
            sending.cancel()
        with contextlib.suppress(asyncio.CancelledError, NotHttp, ConnectionError):
            await sending
    return goes_on and finished and head.keeps_alive


async def _send_body(reader: asyncio.StreamReader, head: RequestHead, writer: asyncio.StreamWriter) -> None:
    await copy_body(reader, head, writer)
    await writer.drain()


async def _pass_response(client: _Ends, upstream: _Ends, request: RequestHead) -> bool:
    """Responses up to the final one; False where the connection cannot go on after it."""
    while True:
        head = await asyncio.wait_for(read_response_head(upstream[0]), _IDLE_SECONDS)
        client[1].write(head.raw)
        if head.status == 101:
            await _relay(client, upstream)
            return False
        if head.status >= 200:
            break
    if not head.has_body(request.method):
        await client[1].drain()
        return head.keeps_alive
    if head.ends_with_connection:
        await _copy(upstream[0], client[1])
        return False
    await copy_body(upstream[0], head, client[1])
    await client[1].drain()
    return head.keeps_alive


async def _refuse(client: _Ends, head: RequestHead, decision: Decision) -> None:
    reason = decision.reason if decision.action is Action.DENY else "The host and the port do not fit."
    body = f"Action: Deny. Reason: {reason}" if reason.startswith(("No rule", "The host")) else f"Action: Deny. {reason}"
    if not head.expects_continue:  # that body never comes
        await asyncio.wait_for(copy_body(client[0], head, None), _IDLE_SECONDS)
    answer = make_response("470 status code 470", body.encode())
    client[1].write(answer.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head.method == "HEAD" else answer)
    await client[1].drain()


async def _read_hello(reader: asyncio.StreamReader, data: bytes) -> tuple[bytes, str | None]:
    while True:
        try:
            return data, find_server_name(data)
        except Incomplete as error:
            more = await reader.read(LIMIT)
            if not more or len(data) + len(more) > LIMIT:
                raise NotTls("the ClientHello has no end") from error
            data += more


async def _relay(client: _Ends, upstream: _Ends) -> None:
    """Bytes both ways until both have ended; a silent connection is reset."""
    try:
        await asyncio.gather(_copy(client[0], upstream[1]), _copy(upstream[0], client[1]))
    finally:
        upstream[1].close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await asyncio.wait_for(reader.read(_CHUNK), _IDLE_SECONDS):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection with a RST."""
    transport = writer.transport
    if not transport.is_closing():
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
