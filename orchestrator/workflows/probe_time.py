"""How long a probe may take: what `--timeout` says, else by the target."""

from orchestrator.model.targets import TargetKind
from orchestrator.workflows.numbers import parse_number
from orchestrator.workflows.target import TargetChoice

USUAL_SECONDS = {TargetKind.AZURE: 10.0, TargetKind.LOCAL: 4.0}
"""In the lab an answer takes milliseconds, so that silence is sure sooner."""


def probe_seconds(option: str, choice: TargetChoice) -> float:
    """Seconds; UserError where `option` is not empty and no number of at least 1."""
    return parse_number(option, "--timeout", least=1) if option else USUAL_SECONDS[choice.kind]
