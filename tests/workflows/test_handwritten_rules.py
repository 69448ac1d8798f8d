"""A firewall policy that names AKS's hosts one by one, as a scratch environment beside the others: `preflight` as a user runs it, row by row."""

import json
from pathlib import Path

import pytest
from cli import Ended, Project, copy_project, validate_report

from orchestrator.model.json_value import JsonObject

API_SERVER, REGISTRY = "*.hcp.westeurope.azmk8s.io", "mcr.microsoft.com"
BINARIES = ("packages.aks.azure.com", "acs-mirror.azureedge.net")
NAMES = (
    *(API_SERVER, REGISTRY, "*.data.mcr.microsoft.com", "mcr-0001.mcr-msedge.net", *BINARIES, "packages.microsoft.com"),
    *("management.azure.com", "login.microsoftonline.com"),
    *("security.ubuntu.com", "azure.archive.ubuntu.com", "changelogs.ubuntu.com", "snapshot.ubuntu.com"),
)
LAST_PARAMETER = "@description('Optional. Name of the cluster.')\n"
PARAMETER = "@description('Required. What AKS itself needs, name by name.')\nparam aksNames string[]\n\n"
TAG_RULE = "            fqdnTags: ['AzureKubernetesService']\n"
REGION_RULE = """          {
            ruleType: 'NetworkRule'
            name: 'region'
            sourceAddresses: ['*']
            ipProtocols: ['TCP']
            destinationAddresses: [%s]
            destinationPorts: ['443']
          }
"""
LAST_NETWORK_RULE = "            destinationPorts: ['123']\n          }\n"


@pytest.fixture
def scratch(tmp_path: Path) -> Project:
    return copy_project(tmp_path / "project", tmp_path / "lab")


def write_environment(project: Project, names: tuple[str, ...], network_rule: str = "") -> None:
    """parameters/handwritten.*: udr with these names in place of the FQDN tag, and perhaps one more network rule."""
    topology, folder = (project.path / "bicep" / "topologies" / "udr.bicep").read_text(), project.path / "parameters"
    assert topology.count(TAG_RULE) == topology.count(LAST_NETWORK_RULE) == topology.count(LAST_PARAMETER) == 1
    topology = topology.replace(TAG_RULE, "            targetFqdns: aksNames\n").replace(LAST_PARAMETER, PARAMETER + LAST_PARAMETER)
    topology = topology.replace(LAST_NETWORK_RULE, LAST_NETWORK_RULE + (REGION_RULE % network_rule if network_rule else ""))
    (project.path / "bicep" / "topologies" / "handwritten.bicep").write_text(topology)
    parameters = (folder / "udr.bicepparam").read_text().replace("topologies/udr.bicep", "topologies/handwritten.bicep")
    lines = "".join(f"  '{name}'\n" for name in names)
    (folder / "handwritten.bicepparam").write_text(f"{parameters}\nparam aksNames = [\n{lines}]\n")
    (folder / "handwritten.yaml").write_text((folder / "udr.yaml").read_text().replace("rg-aks-udr", "rg-aks-handwritten"))


def preflight(project: Project) -> tuple[Ended, list[JsonObject], JsonObject]:
    """(how it ended, its findings, the rest of its report)."""
    ended = project.inv("preflight", "--env", "handwritten", "--json", "r.json")
    validate_report(project.path / "r.json")
    (report,) = json.loads((project.path / "r.json").read_text())["environments"]
    assert not project.lab.exists()
    return ended, report["findings"], report


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in NAMES if name not in names)


def test_all_names_by_hand_let_nodes_boot_without_any_tag(scratch: Project) -> None:
    write_environment(scratch, NAMES)
    ended, findings, report = preflight(scratch)
    assert (ended.status, report["preflight"]["status"]) == (0, "passed"), ended.out
    assert {one["standing"] for one in report["preflight"]["endpoints"]} == {"met"}
    assert not any("tag" in one["text"] for one in report["preflight"]["assumptions"])
    assert {finding["code"] for finding in findings} <= {"SourceAny"}


@pytest.mark.parametrize(
    ("removed", "codes"),
    [
        ((API_SERVER,), {51: "ERR_K8S_API_SERVER_CONN_FAIL"}),
        ((REGISTRY,), {50: "ERR_OUTBOUND_CONN_FAIL"}),
        ((API_SERVER, REGISTRY), {51: "ERR_K8S_API_SERVER_CONN_FAIL", 50: "ERR_OUTBOUND_CONN_FAIL"}),
    ],
)
def test_a_boot_row_that_is_missing_is_an_exit_code_of_the_nodes(removed: tuple[str, ...], codes: dict[int, str], scratch: Project) -> None:
    write_environment(scratch, without(*removed))
    ended, findings, report = preflight(scratch)
    assert (ended.status, report["preflight"]["status"]) == (3, "failed"), ended.out
    denied = {finding["message"]: finding["remedy"] for finding in findings if finding["code"] == "BootEndpointDenied"}
    assert len(denied) == len(removed)
    for code, name in codes.items():
        (message,) = [message for message in denied if f"would not boot, with exit code {code} {name}" in message]
        assert f"would not boot, with exit code {code} {name}" in " ".join(ended.out.split())
        assert denied[message].startswith("Add to the rule DefaultApplicationRuleCollectionGroup/aksfwar/fqdn (allow): name ")


def test_binaries_that_the_image_may_have_only_warn(scratch: Project) -> None:
    write_environment(scratch, without(*BINARIES))
    ended, findings, _ = preflight(scratch)
    assert ended.status == 0, ended.out
    told = [finding["message"] for finding in findings if finding["code"] == "BootEndpointDeniedUnlessCached"]
    assert len(told) == len(BINARIES)
    assert all("do not boot, with exit code 41" in message for message in told)


@pytest.mark.parametrize(
    ("destination", "said"),
    [
        ("'AzureCloud.${region}'", "*.hcp.westeurope.azmk8s.io, *.data.mcr.microsoft.com may be among it (possible: addresses are not known)"),
        ("'*'", "(certain)"),
    ],
)
def test_a_network_rule_for_the_region_shadows_application_rules(destination: str, said: str, scratch: Project) -> None:
    write_environment(scratch, NAMES, destination)
    ended, findings, _ = preflight(scratch)
    assert ended.status == 0, ended.out
    (shadow,) = [finding for finding in findings if finding["code"] == "ShadowedApplicationRules"]
    assert shadow["severity"] == "warning"
    assert "the network rule DefaultNetworkRuleCollectionGroup/aksfwnr/region (allow) allows" in shadow["message"]
    assert shadow["message"].endswith(said)
    assert (destination != "'*'") or "before application rules are asked: aksfwar/fqdn, dockerhub-registry/dockerhub-registry" in shadow["message"]
    assert shadow["remedy"] == "Narrow the network rule (ports, addresses), or leave it to the application rules."
    assert "ShadowedApplicationRules" in ended.out


def test_the_regions_rule_lets_nodes_boot_without_the_api_servers_name(scratch: Project) -> None:
    write_environment(scratch, without(API_SERVER), "'AzureCloud.${region}'")
    ended, findings, _ = preflight(scratch)
    assert ended.status == 0, ended.out
    assert "BootEndpointDenied" not in {finding["code"] for finding in findings}
