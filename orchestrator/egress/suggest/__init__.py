"""From an exported firewall log to the fewest rules that allow what was denied, and nothing else.

read_log(text: str, path: Path) -> FirewallLog(records: tuple[LogRecord, ...], diagnostics: tuple[Diagnostic, ...])
    JSON lines, a JSON list, CSV, or the older message texts; what cannot be read is a diagnostic at its line
suggest(log: FirewallLog, present: PresentRules, path: str) -> Suggestion
    read_present_rules(snapshot: Snapshot, allow_list: AllowList, *, knowledge, blocked=()) -> PresentRules
"""

from orchestrator.egress.suggest.present_rules import AllowList, PresentRules, read_present_rules
from orchestrator.egress.suggest.read_log import read_log
from orchestrator.egress.suggest.records import FirewallLog, LogRecord
from orchestrator.egress.suggest.suggest import suggest

__all__ = ["AllowList", "FirewallLog", "LogRecord", "PresentRules", "read_log", "read_present_rules", "suggest"]
