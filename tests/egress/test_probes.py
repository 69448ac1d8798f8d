"""The script run for real, by sh and the host's curl, against servers on loopback that behave as each verdict's cause does."""

import datetime
import shutil
import socket
import ssl
import struct
import subprocess
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from orchestrator.egress.probes.answers import read_answers
from orchestrator.egress.probes.probe import plan_echo_probes, plan_reach_probes
from orchestrator.egress.probes.script import LANES, UDP_REQUESTS, build_script, longest_seconds
from orchestrator.egress.runner import JobResult
from orchestrator.egress.verdicts import judge
from orchestrator.egress.verify import EgressDemands, verify
from orchestrator.model.flows import CheckStatus, Endpoint, Expectation, Outcome

pytestmark = pytest.mark.skipif(not all(map(shutil.which, ("curl", "bash", "timeout"))), reason="the probes need curl, bash and timeout")

DENIAL = b"Action: Deny. Reason: No rule matched. Proceeding with default action."
DENIED = b"HTTP/1.1 470 status code 470\r\nContent-Length: %d\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s" % (len(DENIAL), DENIAL)


def plain(body, status=b"200 OK"):
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def answer_http(text):
    def serve(connection):
        connection.recv(65536)
        connection.sendall(text)

    return serve


def reset(connection):
    """Read the ClientHello or the request, then RST."""
    connection.recv(65536)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def close(connection):
    connection.recv(65536)


def silence(connection):
    while connection.recv(65536):
        pass


def say_hello(connection):
    connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


class Loopback:
    """Servers, one thread each; all end with the test."""

    def __init__(self):
        self.sockets = []

    def tcp(self, serve):
        listener = self.keep(socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=self._accept, args=(listener, serve), daemon=True).start()
        return listener.getsockname()[1]

    def _accept(self, listener, serve):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection, serve), daemon=True).start()

    @staticmethod
    def _serve(connection, serve):
        with connection:
            connection.settimeout(5)
            try:
                serve(connection)
            except OSError:
                return

    def full(self):
        """A port whose backlog is full: the kernel drops every further SYN without a word, as a firewall does."""
        listener = self.keep(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = self.keep(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        return listener.getsockname()[1]

    def closed(self):
        listener = self.keep(socket.socket())
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]

    def udp(self, reply):
        server = self.keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        server.bind(("127.0.0.1", 0))

        def serve():
            try:
                while True:
                    _, peer = server.recvfrom(2048)
                    if reply is not None:
                        server.sendto(reply, peer)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        return server.getsockname()[1]

    def closed_udp(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))
            return server.getsockname()[1]

    def keep(self, opened):
        self.sockets.append(opened)
        return opened


@pytest.fixture
def loopback():
    servers = Loopback()
    yield servers
    for opened in servers.sockets:
        opened.close()


@pytest.fixture
def untrusted(tmp_path):
    """A server's TLS side with a certificate that no client trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.datetime(2026, 1, 1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, day, day + datetime.timedelta(days=9999))
    pem = tmp_path / "server.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def serve(connection):
        with context.wrap_socket(connection, server_side=True) as tls:
            tls.recv(65536)

    return serve


class Shell:
    """Runs the command of each job in a shell on this machine."""

    def run(self, jobs, *, timeout):
        return [self.run_script(job.command, timeout=timeout) for job in jobs]

    def run_script(self, command, *, timeout):
        done = subprocess.run(
            ["sh", "-c", command], capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL, env={"PATH": "/usr/bin:/bin"}, check=False
        )
        assert done.returncode == 0
        return JobResult(done.stdout + done.stderr)


def local(protocol, port):
    return Endpoint(protocol, "127.0.0.1", port)


def test_every_verdict_from_its_cause(loopback, untrusted):
    cases = [
        (local("http", loopback.tcp(answer_http(plain(b"20.100.0.5\n")))), Outcome.ALLOWED),
        (local("http", loopback.tcp(answer_http(plain(b"", b"503 Service Unavailable")))), Outcome.ALLOWED),
        (local("http", loopback.tcp(answer_http(plain(b"x" * 2_000_000)))), Outcome.ALLOWED),
        (local("http", loopback.tcp(answer_http(DENIED))), Outcome.DENIED_HTTP_470),
        (local("http", loopback.tcp(answer_http(plain(b"teapots only", b"470 Odd")))), Outcome.INCONCLUSIVE),
        (local("http", loopback.tcp(reset)), Outcome.REFUSED),
        (local("http", loopback.tcp(close)), Outcome.REFUSED),
        (local("http", loopback.tcp(silence)), Outcome.INCONCLUSIVE),
        (local("http", loopback.closed()), Outcome.REFUSED),
        (local("http", loopback.full()), Outcome.SILENT_DROP),
        (local("https", loopback.tcp(reset)), Outcome.TLS_REFUSED),
        (local("https", loopback.tcp(close)), Outcome.TLS_REFUSED),
        (local("https", loopback.tcp(silence)), Outcome.SILENT_DROP),
        (local("https", loopback.full()), Outcome.SILENT_DROP),
        (local("https", loopback.tcp(untrusted)), Outcome.TLS_TRUST),
        (local("https", loopback.tcp(answer_http(plain(b"no TLS here")))), Outcome.NO_TLS),
        (local("tcp", loopback.tcp(say_hello)), Outcome.ALLOWED),
        (local("tcp", loopback.tcp(silence)), Outcome.INCONCLUSIVE),
        (local("tcp", loopback.tcp(reset)), Outcome.INCONCLUSIVE),
        (local("tcp", loopback.closed()), Outcome.REFUSED),
        (local("tcp", loopback.full()), Outcome.SILENT_DROP),
        (local("udp", loopback.udp(b"\x00\x01answer")), Outcome.ALLOWED),
        (local("udp", loopback.udp(None)), Outcome.INCONCLUSIVE),
        (local("udp", loopback.closed_udp()), Outcome.REFUSED),
    ]
    probes = plan_reach_probes([endpoint for endpoint, _ in cases], [])
    result = Shell().run_script(build_script(probes, seconds=1), timeout=30)
    answers = read_answers(result.output, probes)
    assert (answers.problem, answers.missing) == (None, {})
    observed = [judge(probe.endpoint, answers.by_number[probe.number]) for probe in probes]
    assert [(o.endpoint.protocol, index, o.outcome) for index, o in enumerate(observed)] == [
        (e.protocol, index, outcome) for index, (e, outcome) in enumerate(cases)
    ], [(o.detail, o.exit_code) for o in observed]
    assert observed[3].detail == "denied by the firewall (HTTP 470: no rule matched)"
    assert observed[3].exit_code == 0
    assert observed[3].http_status == 470


def test_a_whole_verification(loopback, deployed):
    found = deployed("udr")
    echo = local("http", loopback.tcp(answer_http(plain(b"20.100.0.5\n"))))
    denied = local("http", loopback.tcp(answer_http(DENIED)))
    cut = local("https", loopback.tcp(reset))
    blocked = [Expectation(denied, Outcome.DENIED_HTTP_470), Expectation(cut, Outcome.TLS_REFUSED)]
    demands = EgressDemands([echo], blocked, [echo], probe_image=f"127.0.0.1:{loopback.closed()}/probe:1")
    verification = verify("udr", demands, found.snapshot(), found.cluster_id, Shell(), probe_seconds=2, echo_requests=4)
    assert verification.could_not_run is None
    *checks, image = verification.checks
    assert all(check.status is CheckStatus.PASSED for check in checks), checks
    assert (image.kind, image.status, image.observed.startswith("v2: connection refused")) == ("image-pull", CheckStatus.FAILED, True)
    assert [(check.kind, check.subject, check.expected) for check in checks] == [
        ("egress-address", "pods of aks-udr", "20.100.0.5 (publicIPAddresses/firewall-publicip)"),
        ("egress-address", "nodes of aks-udr", "20.100.0.5 (publicIPAddresses/firewall-publicip)"),
        ("firewall-address", "next hop of firewall-routetable", "10.42.2.4"),
        ("firewall-address", "DNS server of aks-vnet", "10.42.2.4"),
        ("must-reach", str(echo), "reached"),
        ("must-be-blocked", str(denied), "denied by the firewall (HTTP 470)"),
        ("must-be-blocked", str(cut), "TLS refused"),
    ]
    assert checks[0].note == "1 of 1 address seen in 4 requests; one host said so, and no other confirms it"
    assert checks[4].observed == "reached (HTTP 200)"


def test_where_curl_is_missing_the_script_says_so(tmp_path):
    probes = plan_reach_probes([local("http", 9)], [])
    done = subprocess.run(
        ["/bin/sh", "-c", build_script(probes, seconds=1)], capture_output=True, text=True, timeout=10, env={"PATH": str(tmp_path)}, check=False
    )
    assert read_answers(done.stdout, probes).problem == "no curl where the probes run"
    assert done.returncode == 0


def test_the_script_quotes_what_it_is_given():
    nasty = Endpoint("http", "a'; touch /tmp/x; '", 80)
    script = build_script(plan_reach_probes([nasty], []), seconds=1)
    assert subprocess.run(["sh", "-n", "-c", script], check=False).returncode == 0
    assert "h 0 'http://a'\"'\"'; touch /tmp/x; '\"'\"':80/' &" in script


def test_probes_run_in_lanes():
    probes = plan_reach_probes([Endpoint("http", f"h{index}.example", 80) for index in range(LANES + 1)], [])
    lines = build_script(probes, seconds=2.5).splitlines()
    assert lines.count("wait") == 1
    assert f"{{ h 0 http://h0.example:80/; h {LANES} http://h{LANES}.example:80/; }} &" in lines
    assert "h 1 http://h1.example:80/ &" in lines
    assert " T=2.5 " in lines[0]
    assert longest_seconds(probes, seconds=2.5) == 69


def test_an_endpoint_is_probed_once_and_echoes_take_turns():
    endpoint = Endpoint("https", "a.example", 443)
    assert len(plan_reach_probes([endpoint, endpoint], [Expectation(endpoint)])) == 1
    echoes = plan_echo_probes([], 6, 10)
    assert [(probe.number, probe.endpoint.host) for probe in echoes[:5]] == [
        (10, "ifconfig.me"),
        (11, "api.ipify.org"),
        (12, "icanhazip.com"),
        (13, "checkip.amazonaws.com"),
        (14, "ifconfig.me"),
    ]
    assert plan_echo_probes([Endpoint("http", "ipinfo.io", 80)], 1, 0)[0].path == "/ip"


@pytest.mark.parametrize("port", UDP_REQUESTS)
def test_a_udp_request_is_one_datagram(loopback, port):
    server = loopback.keep(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    server.bind(("127.0.0.1", 0))
    server.settimeout(5)
    (probe,) = plan_reach_probes([local("udp", port)], [])
    script = build_script([probe], seconds=1).replace(f"127.0.0.1 {port} ", f"127.0.0.1 {server.getsockname()[1]} ")
    Shell().run_script(script, timeout=10)
    datagram = server.recv(2048)
    expected = {53: b"\x124\x01\x00\x00\x01" + bytes(6) + b"\x07example\x03com\x00\x00\x01\x00\x01", 123: b"\x1b" + bytes(47)}
    assert datagram == expected[port]
