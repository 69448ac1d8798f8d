"""Hands connections to the API servers of clusters over to the control plane, which serves their Kubernetes API.

TLS ends here, at a certificate for the API server's name. The rest of the connection goes through a pair of sockets, of which the control plane gets one end
through `door`, as a descriptor: no path, no port, nothing that anybody else could open.
"""

import asyncio
import contextlib
import socket

from orchestrator.lab.dataplane.http_messages import RequestHead

API_SERVERS = ".azmk8s.io"
"""How the names of API servers end."""


async def hand_over(door: socket.socket, head: RequestHead, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass a connection on, whose first request's head has been read, until either side ends it."""
    ours, theirs = socket.socketpair()
    with theirs:
        socket.send_fds(door, [b"c"], [theirs.fileno()])
    inner_reader, inner_writer = await asyncio.open_connection(sock=ours)
    inner_writer.write(head.raw)
    ways = [asyncio.create_task(_pump(reader, inner_writer)), asyncio.create_task(_pump(inner_reader, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        inner_writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
