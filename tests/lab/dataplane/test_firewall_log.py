"""What a firewall writes down: rows with Log Analytics' columns, and lines of denials."""

from orchestrator.lab.dataplane.firewall.firewall_log import FirewallLog
from orchestrator.lab.dataplane.firewall.policy import NO_RULE, NO_SNI, Action, Collection, Decision, Flow, Request

PLACE = Collection("c", "g", (0, 200, 100), True, policy="p")
DENIED = Decision(Action.DENY, NO_RULE)


def without_time(record):
    return {name: value for name, value in record.items() if name != "TimeGenerated"}


def test_a_denied_packet_and_an_allowed_request():
    log = FirewallLog("/fw")
    log.write_flow(Flow("UDP", "10.42.1.4", "20.1.2.3", 123, 40000), DENIED)
    log.write_request(Request("https", "10.42.1.4", "a.example", 443), 40001, Decision(Action.ALLOW, "", PLACE, "r"))
    packet, request = log.records()
    nobody = {"Policy": "", "RuleCollectionGroup": "", "RuleCollection": "", "Rule": "", "_ResourceId": "/fw"}
    assert without_time(packet) == {
        "Type": "AZFWNetworkRule", "Action": "Deny", "ActionReason": "Default Action", "Protocol": "UDP", "SourceIp": "10.42.1.4", "SourcePort": 40000,
        "DestinationIp": "20.1.2.3", "DestinationPort": 123, **nobody,
    }  # fmt: skip
    assert without_time(request) == {
        "Type": "AZFWApplicationRule", "Action": "Allow", "ActionReason": "", "Protocol": "HTTPS", "SourceIp": "10.42.1.4", "SourcePort": 40001,
        "DestinationPort": 443, "Fqdn": "a.example", "TargetUrl": "", "IsTlsInspected": False,
        "Policy": "p", "RuleCollectionGroup": "g", "RuleCollection": "c", "Rule": "r", "_ResourceId": "/fw",
    }  # fmt: skip
    assert [line.partition(" ")[2] for line in log.lines] == [f"UDP request from 10.42.1.4:40000 to 20.1.2.3:123. Action: Deny. Reason: {NO_RULE}"]


def test_a_handshake_without_a_name():
    log = FirewallLog("/fw")
    log.write_request(Request("https", "10.42.1.4", None, 443), 40001, Decision(Action.DENY, NO_SNI))
    assert [(record["Fqdn"], record["ActionReason"]) for record in log.records()] == [("", NO_SNI)]


def test_it_stays_small_whatever_clients_say():
    log = FirewallLog("/fw")
    for number in range(6000):
        log.write_request(Request("http", "10.42.1.4", f"{number}" + "\x00" * 60_000, 80), 40001, DENIED)
    records = log.records()
    assert 1000 < len(records) < 5000
    assert records[-1]["Fqdn"].startswith("5999")
    assert len(log.lines) == 1000
