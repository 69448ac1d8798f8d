"""Before something is written to Azure a person says yes, or --yes was said; on the lab nobody is asked."""

from orchestrator.model.errors import Problem, UserError
from orchestrator.model.targets import TargetKind
from orchestrator.reporting.questions import ask_yes_no
from orchestrator.workflows.target import TargetChoice


def confirm_on_azure(choice: TargetChoice, question: str, *, yes: bool) -> None:
    """UserError where the answer is no, or nobody is there to answer."""
    if yes or choice.kind is TargetKind.LOCAL:
        return
    answer = ask_yes_no(f"AZURE, subscription {choice.subscription_id}: {question}")
    if answer is None:
        raise UserError([Problem("NotConfirmed", "nobody is there to confirm (stdin is no terminal); nothing was changed", remedy="Say --yes.")])
    if not answer:
        raise UserError([Problem("NotConfirmed", "not confirmed; nothing was changed")])
