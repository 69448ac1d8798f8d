"""From the records of a log to a Suggestion.

Theory of operation: only what was denied *by default* gets a rule. What was allowed needs none; what the plan allows by now needs none; what a rule denied was
meant to be denied, and so is what the environment wants blocked; what says no name has nothing to make a rule of. The rest is joined into flows (protocol,
name or address, port), and each flow goes where it can be said most narrowly: http on 80 and https on 443 in the allow list, whose entries are names by
protocols; other ports and addresses in collections of their own. Names stay exact: a wildcard would allow what nobody asked for.
"""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address

from orchestrator.egress.suggest.bicep_text import render_items
from orchestrator.egress.suggest.collections import suggest_collections
from orchestrator.egress.suggest.numbering import free_name, next_priorities
from orchestrator.egress.suggest.present_rules import PresentRules
from orchestrator.egress.suggest.products import cover_exactly
from orchestrator.egress.suggest.records import FirewallLog, LogRecord, Table, is_address
from orchestrator.model.json_value import JsonObject
from orchestrator.model.suggestions import AllowListEntry, DeniedFlow, LeftOut, SuggestedCollection, Suggestion

_LISTED = frozenset({("http", 80), ("https", 443)})
_EXPRESSIBLE = {Table.APPLICATION: frozenset({"http", "https"}), Table.NETWORK: frozenset({"tcp", "udp", "icmp"})}
_Key = tuple[str, str, int]


def suggest(log: FirewallLog, present: PresentRules, path: str) -> Suggestion:
    """The fewest rules for what a log shows as denied. `path`: how the log is called."""
    denied = [record for record in log.records if not record.allowed]
    left: dict[tuple[str, str], list[int]] = {}
    wanted: dict[_Key, list[LogRecord]] = {}
    judged: dict[tuple[Table, _Key, str], str | None] = {}
    for record in denied:
        key = _key(record)
        why = _unusable(record) or present.forbid(*key)
        if why is None:
            case = (record.table, key, record.source)
            if case not in judged:
                judged[case] = present.judge(record)
            why = f"allowed by now: {judged[case]}" if judged[case] else None
        if why is None:
            wanted.setdefault(key, []).append(record)
        else:
            left.setdefault((_shown(key), why), []).append(record.line)
    flows = tuple(_flow(key, records) for key, records in sorted(wanted.items()))
    entries = _entries([flow for flow in flows if (flow.protocol, flow.port) in _LISTED], present.allow_list.entries)
    collections = suggest_collections(
        [flow for flow in flows if flow.protocol in _EXPRESSIBLE[Table.NETWORK]],
        [flow for flow in flows if flow.protocol in _EXPRESSIBLE[Table.APPLICATION] and (flow.protocol, flow.port) not in _LISTED],
        present.collections,
        present.subnets,
    )
    left_out = tuple(LeftOut(what, why, tuple(lines)) for (what, why), lines in left.items())
    parameter = _render_parameter(entries, present) if entries else ""
    allowed = len(log.records) - len(denied)
    return Suggestion(path, present.allow_list.file, len(log.records), allowed, flows, entries, collections, left_out, parameter, _render_topology(collections))


def _key(record: LogRecord) -> _Key:
    """A web request to an address says no name: only its address and port can be allowed."""
    if record.table is Table.APPLICATION and is_address(record.target):
        return "tcp", record.target, record.port
    return record.protocol, record.target, record.port


def _shown(key: _Key) -> str:
    protocol, host, port = key
    return f"{protocol}://{host or '(no name)'}:{port}"


def _unusable(record: LogRecord) -> str | None:
    """Why a denial gets no rule whatever the plan says."""
    if record.rule:
        return f"denied on purpose, by the rule {record.rule}"
    if record.protocol not in _EXPRESSIBLE[record.table]:
        return f"no rule here can say the protocol {record.protocol}"
    if record.table is Table.NETWORK:
        return f"not denied for want of a rule: {record.reason}" if record.reason else None
    if not record.target:
        return record.reason or "the client said no name (Host header or SNI), and this table has no address"
    if "." not in record.target:
        return "it is no full name, which a rule needs"
    return f"not denied for want of a rule: {record.reason}" if record.reason else None


def _flow(key: _Key, records: Sequence[LogRecord]) -> DeniedFlow:
    protocol, host, port = key
    sources = tuple(sorted({record.source for record in records}, key=IPv4Address))
    return DeniedFlow(protocol, host, port, sources, tuple(record.line for record in records))


def _entries(flows: Iterable[DeniedFlow], present: Sequence[JsonObject]) -> tuple[AllowListEntry, ...]:
    products = cover_exactly((flow.host, flow.protocol) for flow in flows)
    ordered = sorted((sorted(protocols), sorted(names)) for names, protocols in products)
    priorities = next_priorities([int(entry["priority"]) for entry in present], len(ordered))
    used = [str(entry["name"]) for entry in present]
    found: list[AllowListEntry] = []
    for (protocols, names), priority in zip(ordered, priorities, strict=True):
        name = free_name(f"suggested-{'-'.join(protocols)}", [*used, *(entry.name for entry in found)])
        found.append(AllowListEntry(name, priority, tuple(protocols), tuple(names)))
    return tuple(found)


def _render_parameter(entries: Iterable[AllowListEntry], present: PresentRules) -> str:
    """New entries alone, to stand behind the file's own; the whole parameter where the file does not have it, so that the topology's own stay."""
    bodies = [{"name": e.name, "priority": e.priority, "protocols": list(e.protocols), "fqdns": list(e.fqdns)} for e in entries]
    if present.allow_list.declared:
        return render_items(bodies, 1)
    return f"param allowList = [\n{render_items([*present.allow_list.entries, *bodies], 1)}]\n"


def _render_topology(collections: Iterable[SuggestedCollection]) -> str:
    parts = []
    for collection in collections:
        body = {"name": collection.name, "priority": collection.priority, "action": "Allow", "rules": list(collection.rules)}
        parts.append(f"// in ruleCollections of the group {collection.group}\n{render_items([body], 3)}")
    return "\n".join(parts)
