"""What a person reads: plain on a pipe, coloured on a terminal, and the same words on both."""

import io
import re

from story import tell_everything

from orchestrator.reporting.console import ConsoleReporter
from orchestrator.reporting.screens import PlainScreen, TerminalScreen, open_screen

EXPECTED = """LAB  local target: nothing is deployed to Azure  (environment udr)
> compile
warning RouteCode: a route
    at: /subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/firewallPolicies/p
    fix: add it
    see: aks-egress

Resource and property changes are indicated with this symbol:
  ~ Modify

The deployment will update the following scope:

Scope: /subscriptions/s/resourceGroups/rg

  ~ Microsoft.Network/firewallPolicies/p
    ~ properties.fqdns: "a" => "b"

Resource changes: 1 to modify.

      0.0 s  Running   Microsoft.Network/firewallPolicies/p
      0.0 s  Succeeded Microsoft.Network/firewallPolicies/p  1.2 s
  deployed
  address  "20.1.2.3"
  key      (secure)

status        check            subject            expected   observed
passed        egress-address   pod                20.1.2.3   20.1.2.3
FAILED        must-be-blocked  http://a.example   blocked    allowed | HTTP 200
inconclusive  must-reach       https://b.example  reachable  nothing\x00
  note: http://a.example: the rule <any>

The egress of udr is NOT as expected: 1 passed, 1 failed, 1 inconclusive.

name
udr
LAB  local target: nothing was deployed to Azure  (environment udr)
AZURE  subscription real-subscription  (environment lb)
"""


def test_a_pipe_gets_plain_text() -> None:
    out, errors = io.StringIO(), io.StringIO()
    tell_everything(ConsoleReporter(PlainScreen(out), PlainScreen(errors)))
    assert out.getvalue() == EXPECTED
    assert errors.getvalue() == (
        "a.bicep:1:7: warning no-unused-params: unused\n    param x string\n          ^\nerror QuotaExceeded: no cores\n    reported as: DeploymentFailed\n"
    )


def test_a_terminal_gets_the_same_words_in_colour() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    screen = open_screen(out, {"TERM": "xterm-256color"})
    assert isinstance(screen, TerminalScreen)
    tell_everything(ConsoleReporter(screen, PlainScreen(io.StringIO())))
    assert "\x1b[" in out.getvalue()
    words = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", out.getvalue()).split()
    assert {"20.1.2.3", "denied"} & set(words) == {"20.1.2.3"}
    assert words[:8] == ["LAB", "local", "target:", "nothing", "is", "deployed", "to", "Azure"]
    assert isinstance(open_screen(Terminal(), {"NO_COLOR": "1"}), PlainScreen)


def test_what_the_stream_cannot_encode_does_not_stop_us() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    PlainScreen(stream).show([(("ä b", ""),)])
    assert stream.detach().getvalue() == b"? b\n"
