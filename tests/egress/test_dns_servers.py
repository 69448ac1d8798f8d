"""Several DNS servers: the first that answers is believed, a silent one leaves it to the next."""

import pytest

from orchestrator.egress.dispositions import Kind
from tests.egress.test_peerings import trace
from tests.lab.dataplane.hub_and_spoke import hub, join, spoke

FIREWALL, AZURE, NOBODY = "10.10.1.4", "168.63.129.16", "10.10.1.9"
ECHO = "ifconfig.me"


@pytest.mark.parametrize(
    ("servers", "proxy", "kind"),
    [
        ([FIREWALL], True, Kind.EXITS_INTERNET),
        ([FIREWALL], False, Kind.DNS_FAILURE),
        ([FIREWALL, AZURE], False, Kind.EXITS_INTERNET),
        ([NOBODY, FIREWALL], True, Kind.EXITS_INTERNET),
        ([NOBODY, FIREWALL], False, Kind.DNS_FAILURE),
    ],
)
def test_who_answers(servers, proxy, kind):
    middle, one = hub(dns_proxy=proxy), spoke(0)
    join(one, middle)
    one[0]["properties"]["dhcpOptions"] = {"dnsServers": servers}
    assert trace([middle, one], one, ECHO, "http", 80).kind is kind
