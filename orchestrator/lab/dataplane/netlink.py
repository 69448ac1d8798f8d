"""A netlink socket that sends a batch of pyroute2's messages at once and waits for the kernel's acknowledgements.

pyroute2's own sockets run an event loop of their own; the data plane has one already, and builds whole topologies in batches.
"""

import os
import socket
import struct
from collections.abc import Sequence
from types import TracebackType

from pyroute2.netlink import nlmsg

NETLINK_ROUTE, NETLINK_NETFILTER = 0, 12
NLM_F_REQUEST = 1
NLM_F_ACK = 4
NLM_F_EXCL = 0x200
NLM_F_CREATE = 0x400
NLM_F_REPLACE = 0x100
NLM_F_APPEND = 0x800
_NLMSG_ERROR = 2
_HEADER = struct.Struct("=IHHII")
_BUFFER = 1 << 22


class NetlinkError(OSError):
    """The kernel refused a message; `what` is its index in the batch."""


class NetlinkSocket:
    """A socket of one netlink family in the network namespace that was current when it was made."""

    def __init__(self, family: int) -> None:
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, family)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        self.socket.bind((0, 0))
        self._sequence = 0

    def __enter__(self) -> "NetlinkSocket":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.socket.close()

    def request(self, messages: Sequence[tuple[nlmsg, int, int]], *, ignoring: frozenset[int] = frozenset()) -> None:
        """Send (message, type, flags) one by one in one datagram; each is acknowledged. NetlinkError for the first refused."""
        wanted = {}
        data = bytearray()
        for index, (message, kind, flags) in enumerate(messages):
            self._sequence += 1
            wanted[self._sequence] = index
            data += encode(message, kind, flags | NLM_F_REQUEST | NLM_F_ACK, self._sequence)
        if data:
            self.socket.send(data)
            self._await(wanted, ignoring)

    def transaction(self, messages: Sequence[tuple[nlmsg, int, int]], begin: nlmsg, end: nlmsg, kinds: tuple[int, int]) -> None:
        """Send a batch that the kernel applies as a whole or not at all (nfnetlink)."""
        self._sequence += 1
        data = bytearray(encode(begin, kinds[0], NLM_F_REQUEST, self._sequence))
        wanted = {}
        for index, (message, kind, flags) in enumerate(messages):
            self._sequence += 1
            wanted[self._sequence] = index
            data += encode(message, kind, flags | NLM_F_REQUEST | NLM_F_ACK, self._sequence)
        self._sequence += 1
        data += encode(end, kinds[1], NLM_F_REQUEST, self._sequence)
        self.socket.send(data)
        self._await(wanted, frozenset())

    def _await(self, wanted: dict[int, int], ignoring: frozenset[int]) -> None:
        refused: tuple[int, int] | None = None
        while wanted:
            for sequence, error in _read_acknowledgements(self.socket.recv(1 << 17)):
                index = wanted.pop(sequence, None)
                if index is not None and error and error not in ignoring and refused is None:
                    refused = (index, error)
                if index is None and error:
                    raise NetlinkError(error, os.strerror(error), "the batch")
        if refused is not None:
            raise NetlinkError(refused[1], os.strerror(refused[1]), f"message {refused[0]} of the batch")


def encode(message: nlmsg, kind: int, flags: int, sequence: int) -> bytes:
    """The bytes of a message."""
    message["header"] = {"type": kind, "flags": flags, "sequence_number": sequence, "pid": 0}
    message.encode()
    data = bytes(message.data)
    return data + bytes(-len(data) % 4)


def _read_acknowledgements(data: bytes) -> list[tuple[int, int]]:
    found = []
    offset = 0
    while offset + _HEADER.size <= len(data):
        length, kind, _, sequence, _ = _HEADER.unpack_from(data, offset)
        if kind == _NLMSG_ERROR:
            found.append((sequence, -struct.unpack_from("=i", data, offset + _HEADER.size)[0]))
        offset += (length + 3) & ~3
    return found
