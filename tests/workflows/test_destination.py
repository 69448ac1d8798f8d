"""A destination as a person types it becomes the name or address that rules, DNS and curl mean by it, or is refused: never two readings of one text."""

import pytest

from orchestrator.model.errors import UserError
from orchestrator.workflows.destination import parse_destination


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mcr.microsoft.com", "https://mcr.microsoft.com"),
        ("HTTPS://MCR.Microsoft.com./v2/?q#f", "https://mcr.microsoft.com"),
        ("https://mcr.microsoft.com:", "https://mcr.microsoft.com"),
        ("https://user:secret@mcr.microsoft.com:8443", "https://mcr.microsoft.com:8443"),
        ("https://mcr.microsoft.com@evil.example", "https://evil.example"),
        ("https://b\u00fccher.example", "https://xn--bcher-kva.example"),
        ("udp://1.2.3.4:53", "udp://1.2.3.4:53"),
        ("https://[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("tcp://_srv.example:1", "tcp://_srv.example:1"),
    ],
)
def test_what_is_meant(typed: str, meant: str) -> None:
    assert str(parse_destination(typed)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "https://", "https://:443", "a..b", ".", "-5", "a-.example", f"{'a' * 64}.example", "https://*.example", "https://a b", "icmp://1.1.1.1",
        "tcp://1.2.3.4", "https://a.example:0", "https://a.example:65536", "https://a.example:x", "https://[::1", "1.2.3", "0x7f.1", "010.1.1.1",
        "1.2.3.4.", "stra\u00dfe.example",
    ],
)  # fmt: skip
def test_what_has_no_one_meaning_is_refused(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_destination(typed)
    assert [problem.code for problem in caught.value.problems] == ["InvalidDestination"]
