"""Every verdict of `verify` from real packets: one deployment, and environments of it that each demand something else.

The lab's test hosts (catalog.lab_internet.TEST_HOSTS) misbehave each in one way; a network rule lets them through, so that nothing but they decide.
"""

import json
import shutil
from collections.abc import Iterator

import pytest
from cli import Project, copy_project, validate_report
from cluster_access import make_kubectl

from orchestrator.catalog.lab_internet import TEST_RANGE
from orchestrator.egress.probes.jobs import NAMESPACE
from orchestrator.lab import lifecycle
from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import deploy, verify

pytestmark = pytest.mark.packets

HONEST = "https://echo.lab.example"
SECONDS = "4"
ENVIRONMENTS: dict[str, JsonObject] = {
    "reach": {
        "mustReach": [
            "https://mcr.microsoft.com",
            "udp://ntp.ubuntu.com:123",
            "http://example.com",
            "https://example.com",
            "udp://time.windows.com:123",
            "https://refused.lab.example",
            "tcp://refused.lab.example:5432",
            "https://silent.lab.example",
            "https://does-not-exist.example.com",
            "https://unanswered.lab.example",
            "https://untrusted.lab.example",
            "https://plain-text.lab.example",
            "http://proxy.lab.example",
            "http://status-470.lab.example",
        ],
        "addressEcho": [HONEST],
    },
    "blocked": {
        "mustBeBlocked": [
            {"url": "http://example.com", "as": "http-470"},
            {"url": "https://example.com", "as": "tls-refused"},
            {"url": "udp://time.windows.com:123", "as": "silent-drop"},
            {"url": "https://example.org", "as": "silent-drop"},
            "https://plain-text.lab.example",
            HONEST,
        ],
        "addressEcho": [HONEST],
    },
    "images": {"images": ["docker.io/library/nginx:1.25", "quay.io/org/app:1", "mcr.microsoft.com/oss/nginx/nginx:1.25"], "addressEcho": [HONEST]},
    "lies": {"addressEcho": ["https://echo-private.lab.example"]},
    "other": {"addressEcho": ["http://echo-other.lab.example"]},
    "others": {"addressEcho": ["https://echo-other.lab.example"]},
    "outvoted": {"addressEcho": [HONEST, "https://api.ipify.org", "https://echo-other.lab.example", "https://echo-private.lab.example"]},
    "down": {"addressEcho": ["https://echo-down.lab.example", HONEST]},
    "all-down": {"addressEcho": ["https://echo-down.lab.example", "https://silent.lab.example"]},
    "by-proxy": {
        "mustReach": ["https://mcr.microsoft.com", "https://registry-1.docker.io", "http://security.ubuntu.com", "udp://ntp.ubuntu.com:123"],
        "addressEcho": [HONEST],
    },
    "plain": {"mustReach": ["https://mcr.microsoft.com"], "addressEcho": [HONEST, "https://api.ipify.org"]},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two pools behind a firewall that lets the test hosts through, deployed once."""
    folder = tmp_path_factory.mktemp("verdicts")
    made = copy_project(folder / "project", folder / "lab")
    network_rule = f"""\\g<0>
          {{
            ruleType: 'NetworkRule'
            name: 'test-hosts'
            sourceAddresses: ['*']
            ipProtocols: ['TCP', 'UDP']
            destinationAddresses: ['{TEST_RANGE}']
            destinationPorts: ['*']
          }}"""
    made.edit("bicep/topologies/udr.bicep", r"            destinationPorts: \['123'\]\n          }", network_rule)
    second = """\\g<0>
      {
        name: 'second'
        mode: 'User'
        count: 1
        vmSize: systemPool.vmSize
        osType: 'Linux'
        vnetSubnetID: outbound.?nodeNetwork.subnetId
      }"""
    made.edit("bicep/modules/aks.bicep", r"        vnetSubnetID: outbound\.\?nodeNetwork\.subnetId\n      }", second)
    made.edit("parameters/udr.bicepparam", r"^param nodeCount = 3$", "param nodeCount = 1")
    text = (made.path / "parameters" / "udr.bicepparam").read_text()
    for name, egress in ENVIRONMENTS.items():
        body = {"resourceGroup": "rg-verdicts", "location": "westeurope", "egress": {"mustReach": [], "mustBeBlocked": [], **egress}}
        (made.path / "parameters" / f"{name}.yaml").write_text(json.dumps(body))
        (made.path / "parameters" / f"{name}.bicepparam").write_text(text)
    with pytest.MonkeyPatch.context() as patch:
        made.enter(patch)
        assert deploy.run("plain", verify=False) == 0
        try:
            if not lifecycle.status(made.lab)["dataPlane"]["available"]:
                pytest.skip("no packets on this host")
            yield made
        finally:
            lifecycle.stop(made.lab)


def verified(project: Project, name: str, status: int, **options: str) -> list[JsonObject]:
    """The rows of a verification that ends with that status."""
    assert verify.run(name, timeout=SECONDS, outputs=Outputs(json="r.json", junit="r.xml"), **options) == status, (project.path / "r.json").read_text()
    validate_report(project.path / "r.json")
    (environment,) = json.loads((project.path / "r.json").read_text())["environments"]
    return list(environment["verification"]["checks"])


def of_kind(rows: list[JsonObject], kind: str) -> dict[str, JsonObject]:
    return {row["subject"]: row for row in rows if row["kind"] == kind}


def test_each_cause_has_its_verdict(project: Project) -> None:
    ended = project.inv("verify", "--env", "reach", "--timeout", SECONDS, "--json", "out.json")
    assert ended.status == 3, ended.out + ended.err
    validate_report(project.path / "out.json")
    (environment,) = json.loads((project.path / "out.json").read_text())["environments"]
    rows = of_kind(environment["verification"]["checks"], "must-reach")
    assert [(subject, row["outcome"], row["status"], row["observed"].partition(" (curl")[0]) for subject, row in rows.items()] == [
        ("https://mcr.microsoft.com", "allowed", "passed", "reached (HTTP 200)"),
        ("udp://ntp.ubuntu.com:123", "allowed", "passed", "reached (the other end answered)"),
        ("http://example.com", "denied by HTTP 470", "failed", "denied by the firewall (HTTP 470: no rule matched)"),
        ("https://example.com", "TLS refused", "failed", "TLS refused"),
        ("udp://time.windows.com:123", "silent drop", "failed", "no answer (silent drop)"),
        ("https://refused.lab.example", "refused", "failed", "connection refused"),
        ("tcp://refused.lab.example:5432", "refused", "failed", "connection refused"),
        ("https://silent.lab.example", "silent drop", "failed", "no answer within 4 s (silent drop)"),
        ("https://does-not-exist.example.com", "DNS failure", "failed", "the name is not resolved, so no rule was asked"),
        ("https://unanswered.lab.example", "DNS failure", "failed", rows["https://unanswered.lab.example"]["observed"]),
        (
            "https://untrusted.lab.example",
            "TLS not trusted",
            "failed",
            "the certificate is not trusted: something answers in place of the site, or its CA is missing",
        ),
        ("https://plain-text.lab.example", "no TLS", "failed", "something answers, but not in TLS"),
        ("http://proxy.lab.example", "proxy", "failed", "a proxy on the way answers in place of the site, and wants a login (HTTP 407)"),
        (
            "http://status-470.lab.example",
            "inconclusive",
            "inconclusive",
            "HTTP 470, but not with Azure Firewall's text: 'blocked by somebody else\\n'",
        ),
    ]
    assert "The egress of reach is NOT as expected" in ended.out
    wrong = of_kind(environment["verification"]["checks"], "prediction")
    assert {subject: (row["predicted"], row["outcome"]) for subject, row in wrong.items()} == {
        "https://refused.lab.example": ("reached", "refused"),
        "tcp://refused.lab.example:5432": ("reached", "refused"),
        "https://silent.lab.example": ("reached", "silent drop"),
        "https://unanswered.lab.example": ("reached", "DNS failure"),
    }
    assert environment["verification"]["probeSeconds"] < 4 * int(SECONDS)
    assert "note: https://refused.lab.example: predicted reached, observed connection refused" in " ".join(ended.out.split())
    assert "the prediction rests on: firewall: hub-firewall allows it: network rule DefaultNetworkRuleCollectionGroup/aksfwnr/test-hosts" in ended.out


def test_what_must_be_blocked(project: Project) -> None:
    rows = of_kind(verified(project, "blocked", 3), "must-be-blocked")
    assert [(row["status"], row["outcome"], row["note"]) for row in rows.values()] == [
        ("passed", "denied by HTTP 470", None),
        ("passed", "TLS refused", None),
        ("passed", "silent drop", None),
        ("failed", "TLS refused", "blocked, but otherwise than expected"),
        ("inconclusive", "no TLS", None),
        ("failed", "allowed", None),
    ]


@pytest.mark.parametrize(
    ("name", "status", "row_status", "observed", "note"),
    [
        ("lies", 4, "inconclusive", "no public address", "echo-private.lab.example: 10.42.1.4 is no public address"),
        ("other", 4, "inconclusive", "104.31.255.9", "over http, where something on the way may have altered it: name a second host"),
        ("others", 3, "failed", "104.31.255.9", "104.31.255.9 was said by echo-other.lab.example; one host said so, and no other confirms it"),
        ("outvoted", 0, "passed", "(publicIPAddresses/firewall-publicip)", "echo-other.lab.example: said 104.31.255.9, which the other hosts contradict"),
        ("down", 0, "passed", "(publicIPAddresses/firewall-publicip)", "echo-down.lab.example: connection refused"),
        ("all-down", 4, "inconclusive", "no public address", "silent.lab.example: no answer within 4 s (silent drop)"),
    ],
)
def test_the_address_echoes(project: Project, name: str, status: int, row_status: str, observed: str, note: str) -> None:
    rows = verified(project, name, status)
    pods = of_kind(rows, "egress-address")["pods of aks-udr"]
    assert (pods["status"], observed in pods["observed"], note in pods["note"]) == (row_status, True, True), pods
    assert of_kind(rows, "prediction") == {}


def test_images_host_by_host(project: Project) -> None:
    rows = of_kind(verified(project, "images", 3), "image-pull")
    assert [(subject.replace(" from nodes of nodepool1, nodes of second", ""), row["status"], row["predicted"]) for subject, row in rows.items()] == [
        ("mcr.microsoft.com (registry of azurelinux/base/nodejs:24)", "passed", "reached"),
        ("westeurope.data.mcr.microsoft.com (blobs of azurelinux/base/nodejs:24)", "passed", "reached"),
        ("registry-1.docker.io (registry of library/nginx:1.25)", "passed", "reached"),
        ("auth.docker.io (tokens of library/nginx:1.25)", "passed", "reached"),
        ("production.cloudflare.docker.com (blobs of library/nginx:1.25)", "passed", "reached"),
        ("quay.io (registry of org/app:1)", "failed", "TLS refused"),
        ("mcr.microsoft.com (registry of oss/nginx/nginx:1.25)", "passed", "reached"),
        ("westeurope.data.mcr.microsoft.com (blobs of oss/nginx/nginx:1.25)", "passed", "reached"),
    ]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH")
def test_output_that_was_cut_proves_nothing(project: Project) -> None:
    whole = verified(project, "plain", 0)
    assert {row["status"] for row in whole} == {"passed"}
    for size in (600, 2000):
        lifecycle.cut_command_output(project.lab, size)
        try:
            rows = verified(project, "plain", 4)
        finally:
            lifecycle.cut_command_output(project.lab, 512 * 1024)
        said = (project.path / "r.json").read_text()
        assert "was cut" in said or "did not end in time" in said
        assert {row["status"] for row in rows} <= {"passed", "inconclusive", "could not run"}
        assert of_kind(rows, "prediction") == {}


def test_a_prediction_that_packets_contradict_is_a_class_of_its_own(project: Project) -> None:
    """A resolver's answer that is out of date: the prediction looks for the site behind the network rule, packets meet the firewall's default."""
    rows = verified(project, "blocked", 3, resolve="example.com=203.0.113.77")
    wrong = of_kind(rows, "prediction")
    assert sorted(wrong) == ["http://example.com", "https://example.com"]
    plain = wrong["http://example.com"]
    assert (plain["status"], plain["predicted"], plain["outcome"]) == ("disagrees", "reached", "denied by HTTP 470")
    assert plain["note"].startswith(
        "predicted reached, observed denied by the firewall (HTTP 470: no rule matched); the prediction rests on: firewall: hub-firewall allows it: "
    )
    assert "test-hosts" in plain["note"]
    blocked = of_kind(rows, "must-be-blocked")["http://example.com"]
    assert (blocked["status"], blocked["predicted"]) == ("passed", "reached")
    assert 'type="disagrees"' in (project.path / "r.xml").read_text()


def test_a_disagreement_alone_fails_the_verification(project: Project) -> None:
    """And the other way round: predicted to be denied, and a packet arrives."""
    rows = verified(project, "plain", 3, resolve="echo.lab.example=104.31.0.1")
    (other,) = of_kind(rows, "prediction").values()
    assert (other["subject"], other["predicted"], other["observed"]) == (HONEST, "TLS refused", "reached (HTTP 200)")
    assert "Something lets it through that the resources do not show" in other["note"]
    assert {row["status"] for row in rows} == {"passed", "disagrees"}


def test_where_run_command_is_disabled_and_where_nothing_is_possible(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    module = project.path / "bicep" / "modules" / "aks.bicep"
    before = module.read_text()
    try:
        project.edit("bicep/modules/aks.bicep", r"^      authorizedIPRanges: authorizedIpRanges$", "\\g<0>\n      disableRunCommand: true")
        assert deploy.run("plain", verify=False) == 0
        assert {row["status"] for row in verified(project, "plain", 0)} == {"passed"}
        project.edit("bicep/modules/aks.bicep", r"^    enableRBAC: true$", "\\g<0>\n    aadProfile: { managed: true, enableAzureRBAC: true }")
        assert deploy.run("plain", verify=False) == 0
        rows = verified(project, "plain", 4)
        assert {row["kind"] for row in rows} == {"firewall-address"}
    finally:
        module.write_text(before)
        assert deploy.run("plain", verify=False) == 0
    out = capsys.readouterr().out
    assert "The egress of plain was not verified (could not run)" in out
    assert "run-command: disabled on the cluster (apiServerAccessProfile.disableRunCommand); the Kubernetes API refused the probes: " in out
    assert 'cannot list resource "jobs" in API group "batch" in the namespace "egress-probes": User does not have access to the resource in Azure' in out
    assert "Azure Kubernetes Service RBAC Writer" in out


def test_a_cluster_with_an_http_proxy_is_probed_through_it(project: Project) -> None:
    """A proxy that wants a login, and one that is not there; what its exceptions name goes past it, and is predicted."""
    config = "{ httpProxy: 'http://u:secret@gone.invalid:3128/', httpsProxy: 'http://proxy.lab.example:80/', noProxy: ['microsoft.com'] }"
    module = project.path / "bicep" / "modules" / "aks.bicep"
    before = module.read_text()
    try:
        project.edit("bicep/modules/aks.bicep", r"^    enableRBAC: true$", f"\\g<0>\n    httpProxyConfig: {config}")
        assert deploy.run("plain", verify=False) == 0
        rows = verified(project, "by-proxy", 3)
    finally:
        module.write_text(before)
        assert deploy.run("plain", verify=False) == 0
    assert [(subject, row["outcome"], row["predicted"]) for subject, row in of_kind(rows, "must-reach").items()] == [
        ("https://mcr.microsoft.com", "allowed", "reached"),
        ("https://registry-1.docker.io", "proxy", "not known: by the proxy"),
        ("http://security.ubuntu.com", "proxy", "not known: by the proxy"),
        ("udp://ntp.ubuntu.com:123", "allowed", "reached"),
    ]
    pods = of_kind(rows, "egress-address")["pods of aks-udr"]
    assert (pods["status"], "the cluster's proxy http://proxy.lab.example:80/" in pods["expected"]) == ("inconclusive", True)
    assert {row["status"] for row in of_kind(rows, "image-pull").values()} == {"passed"}
    assert of_kind(rows, "prediction") == {}
    assert "secret" not in (project.path / "r.json").read_text()


def test_every_pool_is_probed_in_both_networks(project: Project) -> None:
    rows = verified(project, "plain", 0)
    assert [(subject, row["note"]) for subject, row in of_kind(rows, "egress-address").items()] == [
        ("pods of aks-udr", "1 of 1 address seen in 24 requests"),
        ("nodes of aks-udr", "1 of 1 address seen in 8 requests"),
    ]


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not on PATH")
def test_the_jobs_of_all_pools_are_hardened_and_stand_where_they_say(project: Project) -> None:
    kubectl = make_kubectl(project, "rg-verdicts", "aks-udr")
    kubectl("delete", "jobs", "-n", NAMESPACE, "--all")
    verified(project, "plain", 0)
    pods = json.loads(kubectl("get", "pods", "-n", NAMESPACE, "-o", "json"))["items"]
    places = {(_pool_of(pod), "node" if pod["spec"].get("hostNetwork") else "pod"): pod for pod in pods}
    assert len(pods) == 4
    assert set(places) == {(pool, network) for pool in ("nodepool1", "second") for network in ("pod", "node")}
    for (pool, _), pod in places.items():
        spec, (container,) = pod["spec"], pod["spec"]["containers"]
        assert f"-{pool}-" in spec["nodeName"]
        assert (spec["automountServiceAccountToken"], spec["securityContext"]["runAsNonRoot"], pod["status"]["phase"]) == (False, True, "Succeeded")
        assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}


def _pool_of(pod: JsonObject) -> str:
    return str(pod["spec"]["nodeSelector"]["kubernetes.azure.com/agentpool"])
