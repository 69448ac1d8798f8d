"""One record of a firewall's log, from whatever columns or text say it: AZFWApplicationRule, AZFWNetworkRule, or the older message.

Columns: learn.microsoft.com/azure/azure-monitor/reference/tables/azfwapplicationrule and azfwnetworkrule; names compare without regard to case, since exports
differ in it. Names in a log are what a client said: whatever is no host name is refused here, and never comes near a rule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address

from orchestrator.model.diagnostics import Diagnostic
from orchestrator.model.json_value import Json

HOST_NAME = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_MESSAGE = re.compile(
    r"(?P<protocol>[A-Za-z]+)(?: Type=\d+)?\s+request from (?P<source>[0-9A-Fa-f.:]+):(?P<sourceport>\d+)"
    r"(?: to (?P<target>[^\s:]*):(?P<port>\d+))?[ .].*?(?:Action: (?P<action>\w+)|was (?P<was>denied|allowed))(?P<rest>.*)",
    re.DOTALL,
)
_PLACE = re.compile(r"(?:Rule Collection Group: (?P<group>[^.]*)\. )?Rule Collection: (?P<collection>[^.]*)\. Rule: (?P<rule>[^.]*)")
_DEFAULT_REASONS = frozenset({"", "default action", "no rule matched. proceeding with default action", "no rule matched"})


class Table(StrEnum):
    """Which rules a record is about."""

    APPLICATION = "AZFWApplicationRule"
    NETWORK = "AZFWNetworkRule"


class UnreadableRecord(Exception):
    """A record that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """A record. `protocol` in lower case; `target`: the name of an application record (empty: none was said), the address of a network record.

    rule: `collection/rule` of the rule that decided, empty where none did; reason: what else decided, empty for the default.
    """

    line: int
    table: Table
    allowed: bool
    protocol: str
    source: str
    target: str
    port: int
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FirewallLog:
    """All records of an export, and a diagnostic for each line that is none."""

    records: tuple[LogRecord, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_columns(columns: Mapping[str, Json], line: int) -> LogRecord | None:
    """The record of a row by its columns' names; None for a row of another table. UnreadableRecord where it cannot be read."""
    row = {str(name).removesuffix(" [UTC]").lower(): value for name, value in columns.items()}
    message = row.get("msg_s") or row.get("msg")
    if isinstance(message, str) and message:
        return read_message(message, line) if _is_rule_category(row) else None
    table = _find_table(row)
    if table is None:
        return None
    rule = "/".join(part for name in ("rulecollection", "rule") if (part := _text(row, name)))
    reason = _text(row, "actionreason")
    target = _text(row, "fqdn" if table is Table.APPLICATION else "destinationip")
    return _make(line, table, _text(row, "action"), _text(row, "protocol"), _text(row, "sourceip"), target, row.get("destinationport"), rule, reason)


def is_address(target: str) -> bool:
    """True where a client named an address instead of a host."""
    try:
        IPv4Address(target)
    except AddressValueError:
        return False
    return True


def find_message(text: str) -> bool:
    """True where a text holds one of the older messages."""
    return _MESSAGE.search(text) is not None


def read_message(text: str, line: int) -> LogRecord:
    """The record of an older message, as `HTTPS request from 10.1.0.5:55640 to example.com:443. Action: Deny. ...`."""
    match = _MESSAGE.search(text)
    if match is None:
        raise UnreadableRecord(f"the message is not one of a rule: {text[:80]!r}")
    action = match["action"] or {"denied": "Deny", "allowed": "Allow"}[match["was"]]
    place = _PLACE.search(match["rest"])
    rule = f"{place['collection']}/{place['rule']}" if place else ""
    reason = "" if place else match["rest"].strip(" .").removeprefix("Reason: ")
    table = Table.APPLICATION if match["protocol"].lower() in ("http", "https", "mssql") else Table.NETWORK
    return _make(line, table, action, match["protocol"], match["source"], match["target"] or "", match["port"] or "0", rule, reason)


def _is_rule_category(row: Mapping[str, Json]) -> bool:
    category = _text(row, "category").lower()
    return not category or "applicationrule" in category or "networkrule" in category


def _find_table(row: Mapping[str, Json]) -> Table | None:
    """By the name of the table, which an aggregation only lengthens; else by the columns that only one of them has."""
    for name in ("type", "category", "$table"):
        value = _text(row, name).lower()
        if value.startswith(("azfw", "azurefirewall")):
            return next((table for table in Table if value.startswith(table.value.lower())), None)
    if "fqdn" in row:
        return Table.APPLICATION
    if "destinationip" in row:
        return Table.NETWORK
    raise UnreadableRecord("it has neither an Fqdn nor a DestinationIp, so it is no record of a rule")


def _make(line: int, table: Table, action: str, protocol: str, source: str, target: str, port: Json, rule: str, reason: str) -> LogRecord:
    if action.lower() not in ("allow", "deny"):
        raise UnreadableRecord(f"the action {action!r} is neither Allow nor Deny")
    kind = protocol.lower().split(" ")[0]
    if not kind.isalpha():
        raise UnreadableRecord(f"the protocol {protocol!r} is none")
    name = target.strip().rstrip(".").lower()
    if table is Table.NETWORK:
        name = _address(name, "destination")
    elif name and HOST_NAME.fullmatch(name) is None:
        raise UnreadableRecord(f"{target[:80]!r} is no host name")
    said = "" if reason.lower().rstrip(".") in _DEFAULT_REASONS else reason
    return LogRecord(line, table, action.lower() == "allow", kind, _address(source, "source"), name, _port(port), _printable(rule), _printable(said))


def _address(text: str, which: str) -> str:
    try:
        return str(IPv4Address(text))
    except AddressValueError as error:
        raise UnreadableRecord(f"the {which} {text[:80]!r} is no IPv4 address") from error


def _port(value: Json) -> int:
    text = str(value).removesuffix(".0")
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise UnreadableRecord(f"the port {str(value)[:20]!r} is none")
    return int(text)


def _printable(text: str) -> str:
    """Texts of a log are shown on terminals."""
    return "".join(character if character.isprintable() else "?" for character in text)


def _text(row: Mapping[str, Json], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""
