"""What containers have printed: kept to a limit, and followed while it grows."""

import asyncio
from collections.abc import AsyncIterator

LIMIT_CHARACTERS = 4 * 1024 * 1024


class ContainerLog:
    """The output of one container; `close` when it has ended."""

    def __init__(self) -> None:
        self.text = ""
        self._closed = False
        self._grown = asyncio.Event()

    def write(self, text: str) -> None:
        """Add output; what is beyond the limit is dropped."""
        self.text += text[: max(0, LIMIT_CHARACTERS - len(self.text))]
        self._wake()

    def close(self) -> None:
        """Nothing more comes."""
        self._closed = True
        self._wake()

    def tail(self, lines: int | None) -> str:
        """All of it, or its last lines."""
        if lines is None:
            return self.text
        return "".join(self.text.splitlines(keepends=True)[-lines:] if lines else [])

    async def follow(self, lines: int | None) -> AsyncIterator[str]:
        """All of it, or its last lines, and what comes until it ends."""
        position = len(self.text)
        yield self.tail(lines)
        while True:
            grown = self._grown
            if len(self.text) > position:
                text, position = self.text[position:], len(self.text)
                yield text
            elif self._closed:
                return
            else:
                await grown.wait()

    def _wake(self) -> None:
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()
