"""The hosts of the lab's internet that misbehave on purpose (catalog.lab_internet.TEST_HOSTS): in their packets, their certificates, their answers."""

from orchestrator.catalog.lab_internet import ECHO_OTHER_ADDRESS, ECHO_PRIVATE_ADDRESS, TEST_HOSTS
from orchestrator.lab.dataplane.http_messages import make_response
from orchestrator.lab.dataplane.nft import DROP, Chain, Statement, destination_is, of_protocol, redirect_to, to_port

UNTRUSTED = frozenset({"untrusted.lab.example"})
"""Names whose certificate is of another authority."""

UNANSWERED = frozenset({"unanswered.lab.example"})
"""Names for which DNS says nothing at all."""

_SILENT = ("silent.lab.example",)
_CLOSED = ("refused.lab.example", "echo-down.lab.example")
_PLAIN = ("plain-text.lab.example",)
_NOBODY_LISTENS = 9
PLAIN_TEXT_PORT = 81
"""Where what is for a port of TLS meets plain text."""

PLAIN_TEXT_ANSWER = make_response("400 Bad Request", b"The plain HTTP server was spoken to in TLS\n", fields=(("Connection", "close"),))
_TCP, _UDP = 6, 17

PROXY_ADDRESS = TEST_HOSTS["proxy.lab.example"][0]
PROXY_ANSWER = make_response("407 Proxy Authentication Required", b"log in first\n", fields=(("Proxy-Authenticate", 'Basic realm="the lab"'),))
"""Whatever this host is asked for, and in whose name, as a proxy is."""


def make_test_chains() -> list[Chain]:
    """What the kernel does for them: nothing at all, a refusal (a port where nobody listens), or plain text where TLS is spoken."""
    dropped = tuple((destination_is(_address(name)), DROP) for name in _SILENT)
    led: list[tuple[Statement, ...]] = []
    for name in _CLOSED:
        led += [(destination_is(_address(name)), of_protocol(protocol), redirect_to(_NOBODY_LISTENS)) for protocol in (_TCP, _UDP)]
    led += [(destination_is(_address(name)), of_protocol(_TCP), to_port(443), redirect_to(PLAIN_TEXT_PORT)) for name in _PLAIN]
    return [Chain("input", "filter", "input", 0, dropped), Chain("prerouting", "nat", "prerouting", -100, tuple(led))]


def answer_as_test_host(host: str, peer: str) -> bytes:
    """What one of them answers to an HTTP request; `peer`: where that came from."""
    match host:
        case "echo-private.lab.example":
            return make_response("200 OK", f"{ECHO_PRIVATE_ADDRESS}\n".encode())
        case "echo-other.lab.example":
            return make_response("200 OK", f"{ECHO_OTHER_ADDRESS}\n".encode())
        case "echo.lab.example":
            return make_response("200 OK", f"{peer}\n".encode())
        case "status-470.lab.example":
            return make_response("470 Blocked", b"blocked by somebody else\n")
        case _:
            return make_response("200 OK", f"{host}: {TEST_HOSTS[host][1]}\n".encode())


def _address(name: str) -> str:
    return TEST_HOSTS[name][0]
