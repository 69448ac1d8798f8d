"""Reads an exported firewall log: JSON lines (also with several `records` a line), a JSON list, CSV with a header, or lines of older messages.

The format is told by the first line that is not empty. What cannot be read becomes a diagnostic at its line, and the rest is read all the same.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from orchestrator.egress.suggest.records import FirewallLog, LogRecord, UnreadableRecord, find_message, read_columns, read_message
from orchestrator.model.diagnostics import Diagnostic, Level
from orchestrator.model.errors import Problem, UserError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.source import Position, Span

UNREADABLE = "UnreadableLogLine"
OTHER_TABLE = "OtherLogTable"
_REMEDY = "Export the tables AZFWApplicationRule and AZFWNetworkRule as JSON or CSV (resource-specific diagnostics), or AzureDiagnostics with msg_s."
_MOST_SHOWN = 5  # of a file that is no log at all
_HEADER = frozenset({"action", "msg_s", "msg"})

Parsed = tuple[int, JsonObject | str | UnreadableRecord]
"""The line, and a row by its columns, a message's text, or why there is neither."""

_BETWEEN = re.compile(r"[\s,]*")


def read_log(text: str, path: Path) -> FirewallLog:
    """All records of an export; UserError where the file is no log at all."""
    plain = text.removeprefix("\ufeff")
    rows = _find_format(plain, path)(plain)
    records: list[LogRecord] = []
    problems: list[Diagnostic] = []
    others: dict[int, None] = {}
    for line, row in rows:
        try:
            record = _read(row, line)
        except UnreadableRecord as error:
            problems.append(_diagnostic(path, line, UNREADABLE, f"not read: {error}"))
            continue
        if record is None:
            others[line] = None
        else:
            records.append(record)
    if others:
        message = f"{len(others)} records of other tables are not looked at (the first is here)"
        problems.append(_diagnostic(path, next(iter(others)), OTHER_TABLE, message, Level.INFO))
    if problems and not records and not others:
        raise UserError([Problem("NoFirewallLog", f"{path.name} is no firewall log: nothing in it can be read", f"{path}:1", _REMEDY)], problems[:_MOST_SHOWN])
    return FirewallLog(tuple(records), tuple(problems))


def _read(row: JsonObject | str | UnreadableRecord, line: int) -> LogRecord | None:
    match row:
        case UnreadableRecord():
            raise row
        case str():
            return read_message(row, line)
        case _:
            return read_columns(row, line)


def _diagnostic(path: Path, line: int, code: str, message: str, level: Level = Level.WARNING) -> Diagnostic:
    position = Position(line, 1)
    return Diagnostic(level, code, message, Span(path, position, position))


def _find_format(text: str, path: Path) -> Callable[[str], Iterator[Parsed]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lstrip().startswith("{"):
        return _json_lines
    if first.lstrip().startswith("["):
        return _json_list
    if find_message(first):
        return _text_lines
    columns = {name.strip().strip('"').lower() for name in first.split(",")}
    if columns & _HEADER:
        return _csv_rows
    what = "it is empty" if not first else "its first line is neither JSON, nor a header with Action or msg_s, nor a message of a rule"
    raise UserError([Problem("NoFirewallLog", f"{path.name} is no firewall log: {what}", f"{path}:1", _REMEDY)])


def _json_lines(text: str) -> Iterator[Parsed]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, UnreadableRecord(f"it is no JSON: {error}")
        else:
            yield from _unfold(value, number)


def _json_list(text: str) -> Iterator[Parsed]:
    """Each element with the line that it begins at; a list that was cut off gives what it holds up to there."""
    decoder = json.JSONDecoder()
    position = text.index("[") + 1
    line = 1 + text.count("\n", 0, position)
    while True:
        between = _BETWEEN.match(text, position)
        start = between.end() if between else position
        line += text.count("\n", position, start)
        if start >= len(text) or text[start] == "]":
            if start >= len(text):
                yield line, UnreadableRecord("the list ends without a ]")
            return
        try:
            value, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            yield line, UnreadableRecord(f"it is no JSON, and nothing after it is read: {error}")
            return
        yield from _unfold(value, line)
        line += text.count("\n", start, position)


def _unfold(value: Json, line: int) -> Iterator[Parsed]:
    """One record, or the `records` that an event hub puts together; `properties` are columns, as a storage account has them."""
    if isinstance(value, dict) and isinstance(value.get("records"), list):
        for record in value["records"]:
            yield from _unfold(record, line)
    elif isinstance(value, dict):
        inner = value.get("properties")
        yield line, {**value, **inner} if isinstance(inner, dict) else value
    else:
        yield line, UnreadableRecord("it is no JSON object")


def _csv_rows(text: str) -> Iterator[Parsed]:
    """`line`: where a row begins; a quoted value may go over several."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield line, UnreadableRecord(f"it is no CSV: {error}")
            continue
        if row is None:
            return
        if not any(row):
            continue
        if header is None:
            header = [name.strip() for name in row]
        elif len(row) != len(header):
            yield line, UnreadableRecord(f"it has {len(row)} columns, and the header {len(header)}")
        else:
            yield line, dict(zip(header, row, strict=True))


def _text_lines(text: str) -> Iterator[Parsed]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line
