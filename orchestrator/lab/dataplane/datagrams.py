"""UDP services on any local address: an answer leaves from the address that was asked."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.lab.dataplane.namespaces import Namespace

_IP_TRANSPARENT = 19
_IP_PKTINFO = 8
_PKTINFO = struct.Struct("=I4s4s")
_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Datagram:
    """A datagram and its two ends."""

    data: bytes
    source: str
    source_port: int
    destination: str


class DatagramService:
    """A socket on a port of all addresses of a namespace; `answer` gives the reply, or None for silence."""

    def __init__(self, namespace: Namespace, port: int, answer: Callable[[Datagram], bytes | None]) -> None:
        self._socket = namespace.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_IP, _IP_TRANSPARENT, 1)
        self._socket.setsockopt(socket.SOL_IP, _IP_PKTINFO, 1)
        self._socket.bind(("0.0.0.0", port))  # noqa: S104 - inside a namespace of the lab
        self._answer = answer
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def reply(self, datagram: Datagram, data: bytes) -> None:
        """Send an answer later than at once."""
        information = _PKTINFO.pack(0, socket.inet_aton(datagram.destination), bytes(4))
        with contextlib.suppress(BlockingIOError, ConnectionError, OSError):  # the asker has gone, or its network has: datagrams get lost
            self._socket.sendmsg([data], [(socket.SOL_IP, _IP_PKTINFO, information)], 0, (datagram.source, datagram.source_port))

    def close(self) -> None:
        """Stop answering."""
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    def _read(self) -> None:
        for _ in range(64):
            try:
                data, ancillary, _, (source, port) = self._socket.recvmsg(_LIMIT, 64)
            except (BlockingIOError, ConnectionError):
                return
            destination = next((_PKTINFO.unpack_from(value)[2] for level, kind, value in ancillary if (level, kind) == (socket.SOL_IP, _IP_PKTINFO)), b"")
            if len(destination) != 4:
                continue
            datagram = Datagram(data, source, port, socket.inet_ntoa(destination))
            answer = self._answer(datagram)
            if answer is not None:
                self.reply(datagram, answer)


def listener(namespace: Namespace, port: int) -> socket.socket:
    """A TCP listener on a port of all addresses of a namespace, those included that are only routed to it."""
    made = namespace.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_IP, _IP_TRANSPARENT, 1)
    made.bind(("0.0.0.0", port))  # noqa: S104 - inside a namespace of the lab
    made.listen(512)
    return made
