"""Before Azure is written to somebody says yes; on the lab nobody is asked."""

import io
import sys

import pytest

from orchestrator.model.errors import UserError
from orchestrator.model.targets import TargetKind
from orchestrator.workflows.confirmation import confirm_on_azure
from orchestrator.workflows.target import TargetChoice

AZURE, LAB = TargetChoice(TargetKind.AZURE, "sub", "w"), TargetChoice(TargetKind.LOCAL, "sub", "w")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nobody_is_asked_on_the_lab_or_with_yes() -> None:
    confirm_on_azure(LAB, "Deploy?", yes=False)
    confirm_on_azure(AZURE, "Deploy?", yes=True)


@pytest.mark.parametrize("answer", ["y\n", "YES\n"])
def test_yes(answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    confirm_on_azure(AZURE, "Deploy?", yes=False)
    assert capsys.readouterr() == ("", "AZURE, subscription sub: Deploy? [y/N] ")


@pytest.mark.parametrize("stdin", [Terminal("\n"), Terminal(""), Terminal("n\n"), io.StringIO("y\n")], ids=["enter", "end", "no", "no terminal"])
def test_anything_else_is_no(stdin: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(UserError, match="nothing was changed"):
        confirm_on_azure(AZURE, "Deploy?", yes=False)
