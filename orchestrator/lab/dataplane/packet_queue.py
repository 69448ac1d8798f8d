"""A packet queue (nfnetlink_queue): the first packet of a flow waits in the kernel for a verdict made here."""

import asyncio
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass

from orchestrator.lab.dataplane.namespaces import Namespace
from orchestrator.lab.dataplane.netlink import NETLINK_NETFILTER

ICMP, TCP, UDP = 1, 6, 17
PREROUTING, FORWARD = 0, 2
_SUBSYSTEM = 3
_PACKET, _VERDICT, _CONFIG = 0, 1, 2
_HEADER = struct.Struct("=IHHIIBBH")  # nlmsghdr and nfgenmsg
_ATTRIBUTE = struct.Struct("=HH")
_CFG_COMMAND, _CFG_PARAMETERS = 1, 2
_PACKET_HEADER, _VERDICT_HEADER, _MARK, _PAYLOAD = 1, 2, 3, 10
_BIND = 1
_COPY_PACKET = 2
_COPIED = 128
_NF_DROP, _NF_ACCEPT = 0, 1
_ACK_REQUEST, _REQUEST = 5, 1


@dataclass(frozen=True, slots=True)
class FirstPacket:
    """The start of a flow; ports are 0 where the protocol has none. `hook`: where it waits, PREROUTING or FORWARD."""

    protocol: int
    source: str
    source_port: int
    destination: str
    destination_port: int
    mark: int = 0
    hook: int = 0


class PacketQueue:
    """Queue 0 of a namespace. `decide` gives the mark that a packet goes on with, or None to drop it without a word."""

    def __init__(self, namespace: Namespace, decide: Callable[[FirstPacket], int | None]) -> None:
        with namespace.entered():
            self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_NETFILTER)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.socket.bind((0, 0))
        self._decide = decide
        self._configure(_CFG_COMMAND, struct.pack("!BxH", _BIND, socket.AF_INET))
        self._configure(_CFG_PARAMETERS, struct.pack("!IB", _COPIED, _COPY_PACKET))
        self.socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self.socket, self._read)

    def close(self) -> None:
        """Leave the queue; packets for it are dropped from then on."""
        asyncio.get_running_loop().remove_reader(self.socket)
        self.socket.close()

    def _read(self) -> None:
        for _ in range(64):
            try:
                data = self.socket.recv(1 << 16)
            except (BlockingIOError, OSError):  # nothing left, or packets were lost because the queue was full: their senders try again
                return
            self._handle(data)

    def _handle(self, data: bytes) -> None:
        length, kind, *_ = _HEADER.unpack_from(data)
        if kind != _SUBSYSTEM << 8 | _PACKET:
            return
        attributes = _read_attributes(data[_HEADER.size : length])
        number = attributes[_PACKET_HEADER][:4]
        packet_mark = int.from_bytes(attributes.get(_MARK, b""), "big")
        packet = read_first_packet(attributes.get(_PAYLOAD, b""), packet_mark, attributes[_PACKET_HEADER][6])
        mark = None if packet is None else self._decide(packet)
        body = _attribute(_VERDICT_HEADER, struct.pack("!I", _NF_DROP if mark is None else _NF_ACCEPT) + number)
        if mark is not None:
            body += _attribute(_MARK, struct.pack("!I", mark))
        self.socket.send(_message(_VERDICT, _REQUEST, body))

    def _configure(self, attribute: int, value: bytes) -> None:
        self.socket.send(_message(_CONFIG, _ACK_REQUEST, _attribute(attribute, value)))
        answer = self.socket.recv(1 << 16)
        error = -struct.unpack_from("=i", answer, 16)[0]
        if error:
            raise OSError(error, "the kernel has no packet queue (nfnetlink_queue)")


def read_first_packet(data: bytes, mark: int = 0, hook: int = PREROUTING) -> FirstPacket | None:
    """The flow that an IPv4 packet starts; None for a packet that cannot be read (a later fragment, a cut one)."""
    if len(data) < 20 or data[0] >> 4 != 4 or struct.unpack_from("!H", data, 6)[0] & 0x1FFF:
        return None
    protocol, start = data[9], (data[0] & 15) * 4
    ports = (0, 0)
    if protocol in (TCP, UDP):
        if len(data) < start + 4:
            return None
        ports = struct.unpack_from("!HH", data, start)
    return FirstPacket(protocol, socket.inet_ntoa(data[12:16]), ports[0], socket.inet_ntoa(data[16:20]), ports[1], mark, hook)


def _message(kind: int, flags: int, body: bytes) -> bytes:
    return _HEADER.pack(_HEADER.size + len(body), _SUBSYSTEM << 8 | kind, flags, 0, 0, socket.AF_UNSPEC, 0, 0) + body


def _attribute(kind: int, value: bytes) -> bytes:
    return _ATTRIBUTE.pack(_ATTRIBUTE.size + len(value), kind) + value + bytes(-len(value) % 4)


def _read_attributes(data: bytes) -> dict[int, bytes]:
    found = {}
    offset = 0
    while offset + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, offset)
        if length < _ATTRIBUTE.size:
            break
        found[kind & 0x3FFF] = data[offset + _ATTRIBUTE.size : offset + length]
        offset += (length + 3) & ~3
    return found
