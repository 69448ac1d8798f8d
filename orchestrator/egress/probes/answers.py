"""Reads what the script printed. Whatever is missing, cut or broken has no answer, with the reason; nothing is guessed."""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orchestrator.egress.probes.probe import Probe
from orchestrator.egress.probes.pull_script import PULL
from orchestrator.egress.probes.script import BEGIN, END, LINE, PROBLEM
from orchestrator.model.json_value import Json


@dataclass(frozen=True, slots=True)
class Answer:
    """What one probe saw. Times in seconds, 0 where that stage was not reached; `body` and `error` are beginnings."""

    exit_code: int
    http_status: int = 0
    proxy_status: int = 0
    dns: float = 0.0
    connect: float = 0.0
    appconnect: float = 0.0
    total: float = 0.0
    address: str = ""
    body: str = ""
    error: str = ""

    @property
    def connected(self) -> bool:
        """True where the TCP handshake was done. While TLS goes on, curl (7.88 at least) leaves time_connect 0, but names the address."""
        return self.connect > 0 or self.address != ""


@dataclass(frozen=True, slots=True)
class PullStep:
    """One request of an image's pull. `step`: v2, token, manifest or blob."""

    step: str
    host: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers by probe number. `missing`: why a probe that is not in `by_number` has none. `problem`: why no probe could run at all.

    pulls: the steps of images' pulls, in order, by the pull's number. seconds: from the first probe to the last line; None where the clock there is too coarse.
    """

    by_number: Mapping[int, Answer]
    missing: Mapping[int, str]
    problem: str | None = None
    pulls: Mapping[int, tuple[PullStep, ...]] = field(default_factory=dict)
    seconds: float | None = None


def read_answers(output: str, probes: Iterable[Probe]) -> Answers:
    """Read the script's output; every probe is either in `by_number` or in `missing`."""
    wanted = [probe.number for probe in probes]
    problem = next((line.split(PROBLEM, 1)[1].strip() or "the probes cannot run there" for line in output.splitlines() if PROBLEM in line), None)
    if problem is None and BEGIN not in output:
        problem = f"the probes did not start: {_excerpt(output)}"
    if problem is not None:
        return Answers({}, dict.fromkeys(wanted, problem), problem)
    found: dict[int, Answer] = {}
    broken: dict[int, str] = {}
    pulls: dict[int, list[PullStep]] = {}
    for line in output.split(BEGIN, 1)[1].split(END, 1)[0].splitlines():
        if PULL in line:
            _read_pull(line.split(PULL, 1)[1].strip(), pulls)
        elif LINE in line:
            _read_line(line.split(LINE, 1)[1].strip(), found, broken)
    reason = "the probe printed nothing" if END in output else "the output was cut before this probe's line"
    missing = {number: broken.get(number, reason) for number in wanted if number not in found}
    steps = {number: tuple(taken) for number, taken in pulls.items()}
    return Answers({number: answer for number, answer in found.items() if number in wanted}, missing, pulls=steps, seconds=_read_seconds(output))


def _read_seconds(output: str) -> float | None:
    times = [output.split(mark, 1)[1].partition("\n")[0].strip() for mark in (BEGIN, END) if mark in output]
    if len(times) < 2 or not all(re.fullmatch(r"[0-9]{16,19}", time) for time in times):
        return None
    return round((int(times[1]) - int(times[0])) / 1e9, 3)


def _read_line(text: str, found: dict[int, Answer], broken: dict[int, str]) -> None:
    try:
        row = json.loads(text)
    except ValueError:
        number = _number_of(text)
        if number is not None:
            broken[number] = "the probe's line is cut or broken"
        return
    if not isinstance(row, dict) or not isinstance(row.get("n"), int):
        return
    try:
        found.setdefault(row["n"], _read_row(row))
    except (ValueError, TypeError, AttributeError, KeyError):
        broken[row["n"]] = "the probe's line has not the form that was asked for"


def _read_pull(text: str, pulls: dict[int, list[PullStep]]) -> None:
    """`manifest mcr.microsoft.com {...}`; a line that is cut or broken is a step without an answer, and so no step."""
    try:
        step, host, rest = text.split(" ", 2)
        row = json.loads(rest)
        pulls.setdefault(int(row["n"]), []).append(PullStep(step, host, _read_row(row)))
    except (ValueError, TypeError, AttributeError, KeyError):
        return


def _number_of(text: str) -> int | None:
    """The number of a line that was cut, where the cut is behind it."""
    digits, comma, _ = text.removeprefix('{"n":').partition(",")
    return int(digits) if comma and text.startswith('{"n":') and digits.isdigit() else None


def _read_row(row: Mapping[str, Json]) -> Answer:
    facts = row["facts"]
    return Answer(
        exit_code=int(row["exit"]),
        http_status=int(facts.get("http") or 0),
        proxy_status=int(facts.get("proxy") or 0),
        dns=float(facts.get("dns") or 0),
        connect=float(facts.get("connect") or 0),
        appconnect=float(facts.get("appconnect") or 0),
        total=float(facts.get("total") or 0),
        address=str(facts.get("ip") or ""),
        body=_text(row["body"]),
        error=_text(row["error"]),
    )


def _text(encoded: str) -> str:
    """The text of a base64 value; a value that was cut is read as far as it goes."""
    try:
        return base64.b64decode(encoded, validate=True).decode("utf-8", errors="replace")
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _excerpt(output: str) -> str:
    words = " ".join(output.split())
    return repr(words[:200]) if words else "nothing was printed"
