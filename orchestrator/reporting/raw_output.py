"""Texts that go out byte for byte, for another program to read: UTF-8 whatever the locale, line ends as they are."""

import sys
from typing import TextIO


def write_stdout(text: str) -> None:
    """Write to stdout as it is."""
    _write(sys.stdout, text)


def write_stderr(text: str) -> None:
    """Write to stderr as it is."""
    _write(sys.stderr, text)


def _write(stream: TextIO, text: str) -> None:
    stream.flush()
    stream.buffer.write(text.encode("utf-8", "replace"))
    stream.buffer.flush()
