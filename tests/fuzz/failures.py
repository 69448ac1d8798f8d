"""Failures told apart by where they arise, made small, and stored."""

import hashlib
import os
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.fuzz.inputs import Input
from tests.fuzz.limits import SECONDS, TookTooLong, bounded_time
from tests.fuzz.mutations import TOKEN
from tests.fuzz.targets import Target

FAILURES = (Exception, TookTooLong)
_TRIES = 400


def failure_of(target: Target, given: Input, seconds: float = SECONDS) -> BaseException | None:
    """What comes of an input that should pass."""
    try:
        with bounded_time(seconds):
            target.run(given)
    except FAILURES as error:
        return error
    return None


def signature_of(error: BaseException) -> str:
    """Its kind and the innermost place of ours; for what took too long, the file only: it may stand anywhere."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if f"{os.sep}orchestrator{os.sep}" in frame.filename]
    where = "nowhere of ours"
    if frames:
        name = frames[-1].filename.split(f"{os.sep}orchestrator{os.sep}")[-1]
        where = name if isinstance(error, TookTooLong | RecursionError) else f"{name}:{frames[-1].lineno}"
    return f"{type(error).__name__} at {where}"


def make_small(target: Target, given: Input, signature: str) -> Input:
    """A smaller input that fails in the same way: lines, then tokens taken out, in halves, quarters ... (ddmin). Templates stay as they are."""
    if given.kind == "template" or given.data.decode("utf-8", "replace").encode() != given.data:
        return given
    tries = 0

    def fails(text: str) -> bool:
        nonlocal tries
        tries += 1
        error = failure_of(target, replace(given, data=text.encode()))
        return error is not None and signature_of(error) == signature

    pieces = given.text.splitlines(keepends=True)
    for split in (lambda text: text.splitlines(keepends=True), TOKEN.findall):
        pieces = _reduce(split("".join(pieces)), fails, lambda: tries < _TRIES)
    return replace(given, data="".join(pieces).encode())


def _reduce(pieces: list[str], fails: Callable[[str], bool], may_go_on: Callable[[], bool]) -> list[str]:
    size = max(len(pieces) // 2, 1)
    while may_go_on():
        before = len(pieces)
        at = 0
        while at < len(pieces) and may_go_on():
            fewer = pieces[:at] + pieces[at + size :]
            if fails("".join(fewer)):
                pieces = fewer
            else:
                at += size
        if size == 1 and len(pieces) == before:
            break
        size = max(size // 2, 1)
    return pieces


def store(folder: Path, given: Input, signature: str, error: BaseException | None, number: int) -> Path:
    """Write an input, to be run again with --replay, and how it failed."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(signature.encode()).hexdigest()[:8]}-{number}.json"
    path.write_text(given.dump(), encoding="utf-8")
    said = "".join(traceback.format_exception(error)) if error is not None else ""
    path.with_suffix(".txt").write_text(f"{signature}\n\n{given.text}\n\n{said[-6000:]}", encoding="utf-8", errors="surrogateescape")
    return path
