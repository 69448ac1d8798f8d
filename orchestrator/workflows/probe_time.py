"""How long a probe may take: what `--timeout` says, else by the target."""

from orchestrator.model.targets import TargetKind
from orchestrator.workflows.numbers import parse_number
from orchestrator.workflows.target import TargetChoice

USUAL_SECONDS = {TargetKind.AZURE: 10.0, TargetKind.LOCAL: 4.0}
"""In the lab an answer takes milliseconds, so that silence is sure sooner."""

LONGEST_SECONDS = 120.0
"""Several times what a TCP connection needs to be given up; a Job of many silent probes still ends within the quarter of an hour."""


def probe_seconds(option: str, choice: TargetChoice) -> float:
    """Seconds; UserError where `option` is not empty and no number from 1 to LONGEST_SECONDS."""
    return parse_number(option, "--timeout", least=1, most=LONGEST_SECONDS) if option else USUAL_SECONDS[choice.kind]
