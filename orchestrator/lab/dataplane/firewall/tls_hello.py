"""The server name in a TLS ClientHello (RFC 8446, 4.1.2; RFC 6066, 3), without decrypting anything."""

_HANDSHAKE_RECORD = 22
_CLIENT_HELLO = 1
_SERVER_NAME = 0
LIMIT = 65536


class Incomplete(Exception):
    """More bytes are needed."""


class NotTls(Exception):
    """The bytes are no ClientHello."""


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at >= len(self._data)

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def take(self, size: int) -> bytes:
        if self._at + size > len(self._data):
            raise NotTls("a length is wrong")
        self._at += size
        return self._data[self._at - size : self._at]


def find_server_name(data: bytes) -> str | None:
    """The SNI of a ClientHello, None where it has none; Incomplete where bytes are missing, NotTls where it is something else."""
    hello = _Cursor(_read_hello(data))
    hello.take(2 + 32)
    hello.take(hello.number(1))
    hello.take(hello.number(2))
    hello.take(hello.number(1))
    if hello.at_end:
        return None
    extensions = _Cursor(hello.take(hello.number(2)))
    while not extensions.at_end:
        kind = extensions.number(2)
        body = extensions.take(extensions.number(2))
        if kind == _SERVER_NAME:
            return _read_name(body)
    return None


def _read_hello(data: bytes) -> bytes:
    """The ClientHello's body, put together from its records."""
    message = bytearray()
    at = 0
    while True:
        if len(data) < at + 5:
            raise Incomplete
        if data[at] != _HANDSHAKE_RECORD or data[at + 1] != 3:
            raise NotTls("no handshake record")
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        message += data[at + 5 : at + 5 + length]
        at += 5 + length
        if len(message) >= 4:
            if message[0] != _CLIENT_HELLO:
                raise NotTls("no ClientHello")
            wanted = int.from_bytes(message[1:4], "big")
            if len(message) >= 4 + wanted:
                return bytes(message[4 : 4 + wanted])
        if len(data) < at:
            raise Incomplete


def _read_name(body: bytes) -> str | None:
    entries = _Cursor(body)
    entries.number(2)
    while not entries.at_end:
        kind = entries.number(1)
        name = entries.take(entries.number(2))
        if kind == 0:
            return name.decode("ascii", "replace").lower() or None
    return None
