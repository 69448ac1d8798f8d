"""Every form in which a firewall's log is exported, and what is no log."""

import json
from pathlib import Path

import pytest

from orchestrator.egress.suggest import LogRecord, read_log
from orchestrator.egress.suggest.records import Table
from orchestrator.model.errors import UserError

PATH = Path("fw.log")
DENIED = {
    "TimeGenerated": "2026-08-01T10:00:00Z", "Type": "AZFWApplicationRule", "Action": "Deny", "ActionReason": "Default Action", "Protocol": "HTTPS",
    "SourceIp": "10.42.1.4", "SourcePort": 40000, "DestinationPort": 443, "Fqdn": "Example.COM", "Rule": "", "RuleCollection": "",
}  # fmt: skip
PACKET = {
    "Type": "AZFWNetworkRule", "Action": "Deny", "ActionReason": "Default Action", "Protocol": "TCP", "SourceIp": "10.42.1.4", "SourcePort": 40000,
    "DestinationIp": "20.1.2.3", "DestinationPort": 5432,
}  # fmt: skip
WEB = LogRecord(1, Table.APPLICATION, False, "https", "10.42.1.4", "example.com", 443)
TCP = LogRecord(1, Table.NETWORK, False, "tcp", "10.42.1.4", "20.1.2.3", 5432)


def lines(*rows):
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


def at(record, line):
    return LogRecord(line, record.table, record.allowed, record.protocol, record.source, record.target, record.port, record.rule, record.reason)


def csv_of(*rows):
    names = list(rows[0])
    return "\n".join([",".join(names), *(",".join(str(row[name]) for name in names) for row in rows)])


MESSAGE = "HTTPS request from 10.42.1.4:40000 to example.com:443. Action: Deny. No rule matched. Proceeding with default action"
LEGACY = {"Category": "AzureFirewallApplicationRule", "msg_s": MESSAGE}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(DENIED),
        "\ufeff" + json.dumps(DENIED),
        json.dumps([DENIED], indent=2).replace("[\n  {", "[{"),
        json.dumps({"category": "AZFWApplicationRule", "time": "t", "properties": {k: v for k, v in DENIED.items() if k != "Type"}}),
        json.dumps({"records": [{"category": "AZFWApplicationRule", "properties": DENIED}]}),
        json.dumps({k: v for k, v in DENIED.items() if k != "Type"}),
        json.dumps({**DENIED, "Type": "AZFWApplicationRuleAggregation"}),
        json.dumps({**DENIED, "DestinationPort": 443.0, "Fqdn": "example.com."}),
        json.dumps(LEGACY),
        json.dumps({"category": "AzureFirewallApplicationRule", "properties": {"msg": MESSAGE}}),
        MESSAGE,
        f"2026-08-01T10:00:00Z {MESSAGE.replace('. No', '. Reason: No')}.",
    ],
)
def test_a_denied_name(text):
    log = read_log(text, PATH)
    assert (log.records, log.diagnostics) == ((WEB,), ())


@pytest.mark.parametrize("text", [json.dumps(PACKET), "TCP request from 10.42.1.4:40000 to 20.1.2.3:5432. Action: Deny. "])
def test_a_denied_packet(text):
    assert read_log(text, PATH).records == (TCP,)


def test_csv_with_a_header_and_quoted_line_ends():
    log = read_log(
        csv_of(DENIED) + '\n"a\nb",AZFWApplicationRule,Deny,,HTTPS,10.42.1.4,1,443,b.example.com,,\nshort,row\n\n' + csv_of(DENIED).split("\n")[1], PATH
    )
    assert log.records == (at(WEB, 2), LogRecord(3, Table.APPLICATION, False, "https", "10.42.1.4", "b.example.com", 443), at(WEB, 7))
    assert [(d.line, d.message) for d in log.diagnostics] == [(5, "not read: it has 2 columns, and the header 11")]


def test_csv_of_the_portal_names_its_clock():
    renamed = csv_of({"TimeGenerated [UTC]": "t", **{k: v for k, v in DENIED.items() if k != "TimeGenerated"}})
    assert read_log(renamed, PATH).records == (at(WEB, 2),)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("HTTPS request from 10.1.0.5:1 to a.example:443. Action: Allow. Rule Collection: c1. Rule: r1", (True, "https", "a.example", 443, "c1/r1", "")),
        (
            "HTTPS request from 10.1.0.5:1 to a.example:443. Action: Deny. Policy: p. Rule Collection Group: g. Rule Collection: c. Rule: r",
            (False, "https", "a.example", 443, "c/r", ""),
        ),
        (
            "HTTP  request from 10.1.0.5:1 to a.example:80. Url: a.example/x. Action: Deny. No rule matched. Proceeding with default action",
            (False, "http", "a.example", 80, "", ""),
        ),
        ("HTTPS request from 10.1.0.5:1. Action: Deny. Reason: SNI TLS extension was missing.", (False, "https", "", 0, "", "SNI TLS extension was missing")),
        (
            "HTTPS request from 10.1.0.5:1 was denied. Reason: SNI TLS extension was missing.",
            (False, "https", "", 0, "", "SNI TLS extension was missing"),
        ),
        ("ICMP Type=8 request from 10.1.0.5:0 to 13.107.4.50:0. Action: Deny..", (False, "icmp", "13.107.4.50", 0, "", "")),
    ],
)
def test_older_messages(message, expected):
    (record,) = read_log(message, PATH).records
    assert (record.allowed, record.protocol, record.target, record.port, record.rule, record.reason) == expected


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{oops", "it is no JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[1]", "it is no JSON object"),
        ({**DENIED, "Action": "Alert"}, "the action 'Alert' is neither Allow nor Deny"),
        ({**DENIED, "Fqdn": "${evil}'.example"}, '"${evil}\'.example" is no host name'),
        ({**DENIED, "Fqdn": "*.example.com"}, "'*.example.com' is no host name"),
        ({**DENIED, "Fqdn": "a" * 300}, f"'{'a' * 80}' is no host name"),
        ({**DENIED, "DestinationPort": 70000}, "the port '70000' is none"),
        ({**DENIED, "DestinationPort": None}, "the port 'None' is none"),
        ({**DENIED, "SourceIp": "fd00::1"}, "the source 'fd00::1' is no IPv4 address"),
        ({**PACKET, "DestinationIp": "example.com"}, "the destination 'example.com' is no IPv4 address"),
        ({"Action": "Deny"}, "it has neither an Fqdn nor a DestinationIp, so it is no record of a rule"),
        ({**LEGACY, "msg_s": "something else"}, "the message is not one of a rule: 'something else'"),
    ],
)
def test_a_line_that_is_no_record_is_said_and_the_rest_is_read(row, why):
    log = read_log(lines(DENIED, row, "", DENIED), PATH)
    assert log.records == (WEB, at(WEB, 4))
    assert [(d.code, d.line, d.message) for d in log.diagnostics] == [("UnreadableLogLine", 2, f"not read: {why}")]


def test_what_a_log_says_cannot_command_a_terminal():
    (record,) = read_log(json.dumps({**DENIED, "ActionReason": "\x1b[31mred", "Rule": "r\x07"}), PATH).records
    assert (record.reason, record.rule) == ("?[31mred", "r?")


def test_other_tables_are_counted_not_complained_about():
    log = read_log(lines(DENIED, {"Type": "AZFWDnsQuery", "QueryName": "a."}, {"Category": "AzureFirewallDnsProxy", "msg_s": "DNS Request: x"}), PATH)
    assert log.records == (WEB,)
    assert [(d.code, d.level.value, d.line) for d in log.diagnostics] == [("OtherLogTable", "info", 2)]


def test_a_list_knows_its_lines_and_survives_being_cut_off():
    text = json.dumps([DENIED, PACKET], indent=1)
    assert [record.line for record in read_log(text, PATH).records] == [2, 2 + json.dumps(DENIED, indent=1).count("\n") + 1]
    cut = read_log(text[:-20], PATH)
    assert cut.records == (at(WEB, 2),)
    assert "nothing after it is read" in cut.diagnostics[0].message
    assert read_log(text.rstrip("]\n "), PATH).diagnostics[0].message == "not read: the list ends without a ]"


@pytest.mark.parametrize("text", ["", "\n\n", "name,age\na,1", "PK\x03\x04\x00", "hello"])
def test_what_is_no_log_is_refused(text):
    with pytest.raises(UserError) as refused:
        read_log(text, PATH)
    assert refused.value.problems[0].code == "NoFirewallLog"


@pytest.mark.parametrize("text", ["[1, 2]", "[" * 100_000, "{", "[{"])
def test_a_file_of_which_nothing_can_be_read_is_no_log(text):
    with pytest.raises(UserError) as caught:
        read_log(text, PATH)
    assert [problem.code for problem in caught.value.problems] == ["NoFirewallLog"]
    assert 1 <= len(caught.value.diagnostics) <= 5
