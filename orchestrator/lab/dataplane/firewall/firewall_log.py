"""What a firewall writes: its last denials as lines, and its last decisions as rows of AZFWApplicationRule and AZFWNetworkRule.

The rows have the columns that Log Analytics has (learn.microsoft.com/azure/azure-monitor/reference/tables/azfwnetworkrule and azfwapplicationrule), those
that the lab knows nothing of left out. They live as long as the firewall runs.
"""

import json
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime

from orchestrator.lab.dataplane.firewall.policy import NO_RULE, Action, Decision, Flow, Request
from orchestrator.model.json_value import JsonObject

NETWORK, APPLICATION = "AZFWNetworkRule", "AZFWApplicationRule"
_LINES = 1000
_RECORDS = 5000
_NAME_LIMIT = 255
_EXPORT_BYTES = 3 << 20


class FirewallLog:
    """One firewall's log. `lines`: denials, in the words of Azure's older log."""

    def __init__(self, firewall_id: str) -> None:
        self.lines: deque[str] = deque(maxlen=_LINES)
        self._firewall_id = firewall_id
        self._records: deque[JsonObject] = deque(maxlen=_RECORDS)

    def write_flow(self, flow: Flow, decision: Decision) -> None:
        """A packet that a network rule, or none, decided."""
        row = {"Protocol": flow.protocol, "SourceIp": flow.source, "SourcePort": flow.source_port}
        self._write(NETWORK, row | {"DestinationIp": flow.destination, "DestinationPort": flow.port}, decision)
        self._write_line(f"{flow.protocol} request from {flow.source}:{flow.source_port} to {flow.destination}:{flow.port}", decision)

    def write_request(self, request: Request, source_port: int, decision: Decision) -> None:
        """An HTTP request or a TLS connection that an application rule, or none, decided."""
        protocol, host = request.protocol.upper(), (request.host or "")[:_NAME_LIMIT]
        row = {"Protocol": protocol, "SourceIp": request.source, "SourcePort": source_port, "DestinationPort": request.port, "Fqdn": host}
        self._write(APPLICATION, row | {"TargetUrl": "", "IsTlsInspected": False}, decision)
        self._write_line(f"{protocol} request from {request.source}:{source_port} to {host}:{request.port}", decision)

    def records(self) -> list[JsonObject]:
        """The rows, oldest first; the oldest are left out where all would be too long for one answer."""
        return list(reversed(list(self._newest())))

    def _newest(self) -> Iterator[JsonObject]:
        room = _EXPORT_BYTES
        for record in reversed(self._records):
            room -= len(json.dumps(record))
            if room < 0:
                return
            yield record

    def _write(self, table: str, row: JsonObject, decision: Decision) -> None:
        place = decision.collection
        by_rule = {
            "Policy": place.policy if place else "",
            "RuleCollectionGroup": place.group if place else "",
            "RuleCollection": place.name if place else "",
            "Rule": decision.rule,
        }
        reason = "" if place else "Default Action" if decision.reason == NO_RULE else decision.reason
        head = {"TimeGenerated": _now(), "Type": table, "Action": decision.action.value, "ActionReason": reason}
        self._records.append({**head, **row, **by_rule, "_ResourceId": self._firewall_id})

    def _write_line(self, what: str, decision: Decision) -> None:
        if decision.action is not Action.ALLOW:
            self.lines.append(f"{_now()} {what}. Action: Deny. Reason: {decision.reason}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
