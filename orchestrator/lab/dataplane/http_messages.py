"""HTTP/1 as far as a transparent proxy and a small server need it: heads and bodies of requests, and whole answers. No I/O of its own but the reader's."""

import asyncio
from dataclasses import dataclass
from email.utils import formatdate

HEAD_LIMIT = 65536
_CHUNK_LINE_LIMIT = 1024


class NotHttp(Exception):
    """The bytes are no HTTP request."""


@dataclass(frozen=True, slots=True)
class Head:
    """A start line's version and the header fields in order; `raw` are the bytes as they came."""

    version: str
    fields: tuple[tuple[str, str], ...]
    raw: bytes

    def field(self, name: str) -> str | None:
        """The first field of a name."""
        return next((value for key, value in self.fields if key.lower() == name), None)

    @property
    def keeps_alive(self) -> bool:
        """Whether another message may follow on the connection."""
        options = (self.field("connection") or "").lower()
        return "keep-alive" in options if self.version == "HTTP/1.0" else "close" not in options

    @property
    def is_chunked(self) -> bool:
        """Whether the body comes in chunks."""
        return "chunked" in (self.field("transfer-encoding") or "").lower()

    @property
    def body_length(self) -> int:
        """The body's length where it is said, else 0; NotHttp where it is no number."""
        text = self.field("content-length") or "0"
        if not text.isdigit():
            raise NotHttp("Content-Length")
        return int(text)


@dataclass(frozen=True, slots=True)
class RequestHead(Head):
    """A request's head."""

    method: str
    target: str

    @property
    def authority(self) -> tuple[str | None, int | None]:
        """The name that the request is for, and the port where it says one; an absolute target wins over the Host field (RFC 9112, 3.2.2)."""
        text = self.target.split("://", 1)[1].split("/", 1)[0] if "://" in self.target.split("?", 1)[0] else self.field("host")
        if not text:
            return None, None
        name, colon, port = text.rpartition(":")
        return (name, int(port)) if colon and port.isdigit() else (text, None)

    @property
    def expects_continue(self) -> bool:
        """Whether the body waits for `100 Continue` (RFC 9110, 10.1.1)."""
        return "100-continue" in (self.field("expect") or "").lower()

    @property
    def host(self) -> str | None:
        """The name that the request is for."""
        return self.authority[0]


@dataclass(frozen=True, slots=True)
class ResponseHead(Head):
    """A response's head."""

    status: int

    def has_body(self, method: str) -> bool:
        """Whether a body follows (RFC 9112, 6.3)."""
        return method != "HEAD" and self.status >= 200 and self.status not in (204, 304)

    @property
    def ends_with_connection(self) -> bool:
        """Whether the end of the connection is the end of the body."""
        return not self.is_chunked and self.field("content-length") is None


async def read_request_head(reader: asyncio.StreamReader, first: bytes = b"") -> RequestHead | None:
    """The next request's head, whose `first` bytes were read before; None at the end of the connection, NotHttp for anything else."""
    raw = await _read_head(reader, first)
    return parse_request_head(raw) if raw else None


async def read_response_head(reader: asyncio.StreamReader) -> ResponseHead:
    """The next response's head; NotHttp for anything else."""
    raw = await _read_head(reader, b"")
    start, fields = _parse_head(raw)
    parts = start.split(" ", 2)
    if len(parts) < 2 or not parts[0].startswith("HTTP/1.") or not parts[1].isdigit():
        raise NotHttp(start[:80])
    return ResponseHead(parts[0], fields, raw, int(parts[1]))


def parse_request_head(raw: bytes) -> RequestHead:
    """A head's bytes taken apart; NotHttp where they are none."""
    start, fields = _parse_head(raw)
    parts = start.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1.") or not parts[0].isalpha():
        raise NotHttp(start[:80])
    return RequestHead(parts[2], fields, raw, parts[0], parts[1])


async def _read_head(reader: asyncio.StreamReader, first: bytes) -> bytes:
    try:
        return first + await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if (first + error.partial).strip():
            raise NotHttp("incomplete") from error
        return b""
    except asyncio.LimitOverrunError as error:
        raise NotHttp("too long") from error


def _parse_head(raw: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    lines = raw.decode("latin-1").strip("\r\n").split("\r\n")
    fields = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon:
            raise NotHttp(line[:80])
        fields.append((name.strip(), value.strip()))
    return lines[0], tuple(fields)


async def copy_body(reader: asyncio.StreamReader, head: Head, writer: asyncio.StreamWriter | None) -> None:
    """Pass a body on as it came, or read it away where there is no writer."""
    if head.is_chunked:
        await _copy_chunks(reader, writer)
    else:
        await _copy_exactly(reader, head.body_length, writer)


async def _copy_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None) -> None:
    while True:
        line = await reader.readuntil(b"\r\n")
        size_text = line.split(b";", 1)[0].strip()
        if len(line) > _CHUNK_LINE_LIMIT or not size_text:
            raise NotHttp("chunk")
        try:
            size = int(size_text, 16)
        except ValueError as error:
            raise NotHttp("chunk") from error
        _write(writer, line)
        if size == 0:
            break
        await _copy_exactly(reader, size + 2, writer)
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        _write(writer, line)
    _write(writer, line)


async def _copy_exactly(reader: asyncio.StreamReader, length: int, writer: asyncio.StreamWriter | None) -> None:
    while length:
        data = await reader.read(min(length, 65536))
        if not data:
            raise NotHttp("the body ended early")
        length -= len(data)
        _write(writer, data)
        if writer is not None:
            await writer.drain()


def _write(writer: asyncio.StreamWriter | None, data: bytes) -> None:
    if writer is not None:
        writer.write(data)


def make_response(status: str, body: bytes, *, content_type: str = "text/plain; charset=utf-8", fields: tuple[tuple[str, str], ...] = ()) -> bytes:
    """A whole answer: status line (`200 OK`), Date, length, type, further fields, body."""
    lines = [f"HTTP/1.1 {status}", f"Date: {formatdate(usegmt=True)}", f"Content-Length: {len(body)}", f"Content-Type: {content_type}"]
    lines += [f"{name}: {value}" for name, value in fields]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body
