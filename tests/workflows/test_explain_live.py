"""`explain --live` for each topology: an allowed, a denied, a UDP and a DNS flow; what is predicted is what packets do."""

import json
from collections.abc import Iterator

import pytest
from cli import Project, copy_project

from orchestrator.lab import lifecycle
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, explain

pytestmark = pytest.mark.packets

ALLOWED, UDP, AZURE_DNS = "https://registry-1.docker.io", "udp://ntp.ubuntu.com:123", "udp://168.63.129.16:53"
FOREIGN = "tcp://192.168.77.10:443"
NSG, NO_ROUTE = "denied by a network security group, seen as silent drop", "lost: no route leads there, seen as silent drop"
TLS = "denied by the firewall: no rule matched, seen as TLS refused"
OUT, INSIDE = "leaves to the internet", "delivered in the network"

FLOWS = [
    ("lb", ALLOWED, OUT),
    ("lb", FOREIGN, NSG),
    ("lb", UDP, OUT),
    ("lb", AZURE_DNS, INSIDE),
    ("managed-natgw", ALLOWED, OUT),
    ("managed-natgw", FOREIGN, NSG),
    ("managed-natgw", UDP, OUT),
    ("managed-natgw", AZURE_DNS, INSIDE),
    ("user-natgw", ALLOWED, OUT),
    ("user-natgw", FOREIGN, NO_ROUTE),
    ("user-natgw", UDP, OUT),
    ("user-natgw", AZURE_DNS, INSIDE),
    ("udr", ALLOWED, OUT),
    ("udr", "https://example.com", TLS),
    ("udr", UDP, OUT),
    ("udr", "udp://10.42.2.4:53", INSIDE),
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The four topologies in one lab."""
    folder = tmp_path_factory.mktemp("live")
    made = copy_project(folder / "project", folder / "lab")
    with pytest.MonkeyPatch.context() as patch:
        made.enter(patch)
        try:
            for name in dict.fromkeys(name for name, _, _ in FLOWS):
                assert deploy.run(name, verify=False) == 0
            if not lifecycle.status(made.lab)["dataPlane"]["available"]:
                pytest.skip("no packets on this host")
            yield made
        finally:
            lifecycle.stop(made.lab)


@pytest.mark.parametrize(("name", "to", "ends"), FLOWS)
def test_packets_do_what_is_predicted(name: str, to: str, ends: str, project: Project) -> None:
    assert explain.run(name, to, live=True, timeout="2", outputs=Outputs(json="r.json")) == 0, (project.path / "r.json").read_text()
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    explanation = environment["explanation"]
    assert [flow["ends"] for flow in explanation["flows"]] == [ends]
    assert [(answer["status"], answer["outcome"]) for answer in explanation["live"]] == [("passed", _seen(ends))]
    if ends == OUT:
        assert explanation["flows"][0]["leaving"].startswith("20.")


def _seen(ends: str) -> str:
    return ends.rpartition("seen as ")[2] if "seen as" in ends else "allowed"
