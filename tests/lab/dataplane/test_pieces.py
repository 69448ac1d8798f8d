"""Small parts: address sets, security rules, ClientHello, HTTP heads, names, refusals."""

import errno
import ssl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.catalog import lab_internet
from orchestrator.lab.dataplane.addresses import free_addresses, read_address_set
from orchestrator.lab.dataplane.firewall.policy import Flow
from orchestrator.lab.dataplane.firewall.tls_hello import Incomplete, NotTls, find_server_name
from orchestrator.lab.dataplane.http_messages import NotHttp, parse_request_head
from orchestrator.lab.dataplane.internet.names import Names
from orchestrator.lab.dataplane.peerings import Peer
from orchestrator.lab.dataplane.refusals import explain
from orchestrator.lab.dataplane.routing import NextHop, Route
from orchestrator.lab.dataplane.security_rules import allows_inbound, allows_outbound, find_surroundings, read_security_group
from orchestrator.model.resources import make_snapshot
from tests.lab.dataplane import topologies


def client_hello(name):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    outgoing = ssl.MemoryBIO()
    connection = context.wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname=name)
    with pytest.raises(ssl.SSLWantReadError):
        connection.do_handshake()
    return outgoing.read()


@pytest.mark.parametrize("name", ["registry-1.docker.io", None])
def test_the_name_in_a_real_client_hello(name):
    assert find_server_name(client_hello(name)) == name


def test_a_client_hello_in_many_records_and_cut_short():
    hello = client_hello("a.example")
    body = hello[5:]
    records = b"".join(b"\x16\x03\x01" + len(part).to_bytes(2, "big") + part for part in (body[i : i + 50] for i in range(0, len(body), 50)))
    assert find_server_name(records) == "a.example"
    for length in range(len(hello)):
        with pytest.raises(Incomplete):
            find_server_name(hello[:length])


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_name_or_incomplete_or_not_tls(data):
    try:
        find_server_name(b"\x16\x03\x01" + data)
    except (Incomplete, NotTls):
        return


@pytest.mark.parametrize(
    ("head", "host", "keeps_alive"),
    [
        ("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", ("a.example", None), True),
        ("GET / HTTP/1.1\r\nHOST: a.example:8080\r\nConnection: close\r\n\r\n", ("a.example", 8080), False),
        ("GET http://b.example/x HTTP/1.1\r\nHost: a.example\r\n\r\n", ("b.example", None), True),
        ("GET /?u=http://c.example HTTP/1.1\r\nHost: a.example\r\n\r\n", ("a.example", None), True),
        ("GET / HTTP/1.0\r\n\r\n", (None, None), False),
    ],
)
def test_request_heads(head, host, keeps_alive):
    parsed = parse_request_head(head.encode())
    assert (parsed.authority, parsed.keeps_alive) == (host, keeps_alive)


@pytest.mark.parametrize("head", ["\x00\x01", "SSH-2.0-x\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"])
def test_what_is_no_request(head):
    with pytest.raises(NotHttp):
        parse_request_head(head.encode())


def test_address_sets():
    said = []
    found = read_address_set(["10.0.0.1", "10.1.0.0/16", "10.2.0.5-10.2.0.9", "AzureCloud.westeurope", "Nope"], lab_internet.service_tag_prefixes, said.append)
    inside = {"10.0.0.1": True, "10.0.0.2": False, "10.1.255.255": True, "10.2.0.9": True, "10.2.0.10": False, "20.50.3.4": True, "20.51.3.4": False}
    assert {address: address in found for address in inside} == inside
    assert said == ["'Nope' matches no packet: the lab does not know the service tag 'Nope'"]
    assert list(free_addresses("10.42.1.0/29", ["10.42.1.5"])) == ["10.42.1.4", "10.42.1.6"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([f"name{i}.example" for i in range(500)]), max_size=100))
def test_no_two_names_share_an_address(asked):
    names = Names()
    found = {name: names.find_address(name) for name in asked}
    assert len(set(found.values())) == len(found)
    assert all(names.find_address(name.upper() + ".") == address for name, address in found.items())


@pytest.mark.parametrize("name", ["x.invalid", "kubernetes", "4.3.2.1.in-addr.arpa", "20.50.1.1", "", ".", "a..b", *lab_internet.MISSING_NAMES])
def test_names_that_do_not_exist(name):
    assert Names().find_address(name) is None


def test_pinned_names_and_api_servers():
    names = Names()
    assert names.find_address("ifconfig.me") == "34.160.111.145"
    assert str(names.find_address("x-1234.hcp.westeurope.azmk8s.io")).startswith("20.50.")


PEERS = (Peer("spoke", ("10.43.0.0/16",)), Peer("closed", ("10.44.0.0/16",), access=False))
AROUND = find_surroundings(["10.42.0.0/16"], PEERS, ())


def security_group(*rules, direction="Outbound"):
    bodies = [{"name": f"r{p}", "properties": {"priority": p, "direction": direction, "sourceAddressPrefix": "*", **rule}} for p, rule in rules]
    body = topologies.resource(topologies.group("g"), "Microsoft.Network/networkSecurityGroups", "nsg", {"securityRules": bodies})
    return read_security_group(make_snapshot([body]).resources[0], AROUND.prefixes, pytest.fail)


def test_security_rules_by_priority_with_azures_defaults_behind():
    group = security_group(
        (200, {"access": "Deny", "protocol": "*", "destinationAddressPrefix": "Internet", "destinationPortRange": "*"}),
        (100, {"access": "Allow", "protocol": "Tcp", "destinationAddressPrefixes": ["1.2.3.4", "AzureCloud"], "destinationPortRanges": ["80", "443-445"]}),
    )
    asked = [("TCP", "1.2.3.4", 444), ("TCP", "1.2.3.4", 446), ("UDP", "1.2.3.4", 443), ("TCP", "20.50.1.1", 80), ("TCP", "10.42.9.9", 22)]
    assert [allows_outbound([group], AROUND, Flow(p, "10.42.1.4", d, port)) for p, d, port in asked] == [True, False, False, True, True]
    assert allows_outbound([], AROUND, Flow("TCP", "10.42.1.4", "9.9.9.9", 1))


def test_azures_own_rules_hold_for_the_tag_virtual_network():
    destinations = ["10.42.9.9", "10.43.0.4", "10.44.0.4", "10.99.0.4", "9.9.9.9"]

    def answers(groups, around):
        out = [allows_outbound(groups, around, Flow("TCP", "10.42.1.4", end, 443)) for end in destinations]
        return out, [allows_inbound(groups, around, Flow("TCP", end, "10.42.1.4", 443)) for end in destinations]

    assert answers([security_group()], AROUND) == ([True, True, False, False, True], [True, True, False, False, False])
    assert answers([], AROUND) == ([True, True, False, True, True], [True, True, False, True, True])
    default_route = find_surroundings(["10.42.0.0/16"], PEERS, (Route("0.0.0.0/0", NextHop.APPLIANCE, "10.43.1.4", user=True),))
    assert answers([security_group()], default_route) == ([True, True, False, True, True], [True, True, False, True, True])


def test_a_rule_of_ones_own_opens_a_peer_without_access():
    rule = {"access": "Allow", "protocol": "*", "destinationAddressPrefix": "10.44.0.0/16", "destinationPortRange": "443"}
    assert allows_outbound([security_group((100, rule))], AROUND, Flow("TCP", "10.42.1.4", "10.44.0.4", 443))
    rule = {"access": "Allow", "protocol": "*", "sourceAddressPrefix": "10.44.0.4", "destinationAddressPrefix": "*", "destinationPortRange": "443"}
    inbound = security_group((100, rule), direction="Inbound")
    assert [allows_inbound([inbound], AROUND, Flow("TCP", end, "10.42.1.4", 443)) for end in ("10.44.0.4", "10.44.0.5")] == [True, False]


def proc(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize(
    ("number", "files", "expected"),
    [
        (errno.EPERM, {"sys__kernel__apparmor_restrict_unprivileged_userns": "1\n"}, "kernel.apparmor_restrict_unprivileged_userns=1"),
        (errno.EPERM, {"sys__kernel__unprivileged_userns_clone": "0\n"}, "kernel.unprivileged_userns_clone=0"),
        (errno.ENOSPC, {"sys__user__max_user_namespaces": "0\n"}, "user.max_user_namespaces=0"),
        (errno.ENOSPC, {"sys__user__max_user_namespaces": "9\n"}, "no room for another user namespace"),
        (errno.EPERM, {"self__status": "Name:\tx\nSeccomp:\t2\n"}, "seccomp"),
        (errno.ENOENT, {}, "This kernel lacks something"),
        (errno.EROFS, {}, "Kernel settings cannot be changed"),
        (errno.EPERM, {}, "could not be made"),
    ],
)
def test_a_refusal_names_the_switch(tmp_path, number, files, expected):
    assert expected in explain(OSError(number, "said the kernel"), proc(tmp_path, **files)).reason
