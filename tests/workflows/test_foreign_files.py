"""`preflight` and `explain` of anyone's files: a hub, a spoke and a cluster in three files, each of which reads what the others make."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli import NOT_PASSED_ON, ROOT, validate_report

from orchestrator.model.json_value import JsonObject
from orchestrator.reporting.outputs import Outputs
from orchestrator.workflows import explain, preflight

STACKS = Path(__file__).parent / "stacks"
SECRET = "hunter2-and-more"
GROUPS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups"
NODES = f"{GROUPS}/rg-spoke/providers/Microsoft.Network/virtualNetworks/vnet-spoke/subnets/nodes"
ADDRESS = f"{GROUPS}/rg-hub/providers/Microsoft.Network/publicIPAddresses/pip-firewall"
SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deployment{}.json#"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files, outside of any project; no module was ever restored here."""
    for name in NOT_PASSED_ON:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    shutil.copytree(STACKS, tmp_path / "files")
    monkeypatch.chdir(tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Everything that was printed since; a secret never is, and a traceback is no message."""

    def read() -> str:
        captured = capsys.readouterr()
        text = re.sub(r"\s+", " ", captured.out + captured.err)
        assert SECRET not in text
        assert "Traceback" not in text
        return text

    return read


def edit(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text(), flags=re.MULTILINE)
    assert count == 1
    path.write_text(text)


def look(status: int, **selection: str) -> JsonObject:
    """The preflight's part of the report, with its findings; the command ends with `status`."""
    assert preflight.run(**selection, outputs=Outputs(json="r.json")) == status  # type: ignore[arg-type]
    assert SECRET not in Path("r.json").read_text()
    validate_report(Path("r.json"))
    (found,) = json.loads(Path("r.json").read_text())["environments"]
    assert found["target"]["kind"] == "files"
    return {**found.get("preflight", {}), "findings": found["findings"], "name": found["name"]}


def unknown_ids(found: JsonObject) -> list[str]:
    return [one["what"].removeprefix(f"{GROUPS}/") for one in found.get("unknowns", ())]


def test_three_files_that_need_each_other(folder: Path, said: Callable[[], str]) -> None:
    found = look(0, stack="stack.yaml")
    assert found["status"] == "passed"
    assert {one["standing"] for one in found["endpoints"]} == {"met"}
    assert found["leaving"] == [{"cluster": "aks", "with": f"not known before creation: {ADDRESS}"}]
    assert [one["text"] for one in found["assumptions"] if one["code"] == "predicted-firewall-address"] == [
        "Azure gives fw-hub the first address of its subnet, 10.100.0.68"
    ]
    assert unknown_ids(found) == ["rg-identities/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cluster"]
    assert "FILES nothing is asked or sent anywhere" in said()


def test_the_order_of_the_files_is_nothing(folder: Path) -> None:
    text = (folder / "stack.yaml").read_text()
    entries = [f"- file{part}" for part in text.split("- file")[1:]]
    (folder / "backwards.yaml").write_text("".join(reversed(entries)))
    forwards, backwards = look(0, stack="stack.yaml"), look(0, stack="backwards.yaml")
    assert {**forwards, "name": ""} == {**backwards, "name": ""}


def test_a_row_that_nodes_boot_by_is_denied(folder: Path) -> None:
    edit(folder / "hub.bicep", r"fqdnTags: \['AzureKubernetesService'\]", "targetFqdns: ['*.azmk8s.io']")
    errors = [one["code"] for one in look(3, stack="stack.yaml")["findings"] if one["severity"] == "error"]
    assert errors == ["BootEndpointDenied"]


def test_what_is_in_no_file_is_unknown_until_it_is_given(folder: Path, said: Callable[[], str]) -> None:
    entries = (folder / "stack.yaml").read_text().split("- file")
    (folder / "without-hub.yaml").write_text("".join(f"- file{part}" for part in entries[2:]))
    found = look(4, stack="without-hub.yaml")
    assert {one["standing"] for one in found["endpoints"]} == {"unknown"}
    assert "rg-hub/providers/Microsoft.Network/azureFirewalls/fw-hub" in unknown_ids(found)
    assert "no file makes it (spoke.bicep reads it)" in said()

    (folder / "exported.json").write_text(json.dumps({"value": exported_hub()}))
    found = look(0, stack="without-hub.yaml", existing="exported.json")
    assert {one["standing"] for one in found["endpoints"]} == {"met"}
    assert found["leaving"] == [{"cluster": "aks", "with": "20.1.2.3"}]
    assert "predicted-firewall-address" not in {one["code"] for one in found["assumptions"]}


def exported_hub() -> list[JsonObject]:
    at = f"{GROUPS}/rg-hub/providers/Microsoft.Network"
    rule = {"ruleType": "ApplicationRule", "name": "aks", "sourceAddresses": ["*"], "fqdnTags": ["AzureKubernetesService"]}
    protocols = [{"protocolType": "Https", "port": 443}, {"protocolType": "Http", "port": 80}]
    kind, action = "FirewallPolicyFilterRuleCollection", {"type": "Allow"}
    collection = {"ruleCollectionType": kind, "name": "c", "priority": 200, "action": action, "rules": [{**rule, "protocols": protocols}]}
    subnet = {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.100.0.64/26"}}
    peering = {"name": "x", "properties": {"remoteVirtualNetwork": {"id": NODES.rsplit("/", 2)[0]}, "allowForwardedTraffic": True}}
    network = {"addressSpace": {"addressPrefixes": ["10.100.0.0/24"]}, "subnets": [subnet], "virtualNetworkPeerings": [peering]}
    configuration = {
        "privateIPAddress": "10.100.0.70",
        "subnet": {"id": f"{at}/virtualNetworks/vnet-hub/subnets/AzureFirewallSubnet"},
        "publicIPAddress": {"id": f"{at}/publicIPAddresses/pip-firewall"},
    }
    bodies: dict[str, Any] = {
        "virtualNetworks/vnet-hub": network,
        "publicIPAddresses/pip-firewall": {"ipAddress": "20.1.2.3"},
        "firewallPolicies/policy": {"sku": {"tier": "Standard"}},
        "firewallPolicies/policy/ruleCollectionGroups/rules": {"priority": 200, "ruleCollections": [collection]},
        "azureFirewalls/fw-hub": {"firewallPolicy": {"id": f"{at}/firewallPolicies/policy"}, "ipConfigurations": [{"properties": configuration}]},
    }
    return [{"id": f"{at}/{name}", "location": "westeurope", "properties": properties} for name, properties in bodies.items()]


def test_a_listing_without_bodies_is_no_knowledge(folder: Path) -> None:
    table = f"{GROUPS}/rg-x/providers/Microsoft.Network/routeTables/rt"
    (folder / "list.json").write_text(json.dumps([{"id": table, "location": "westeurope", "properties": None}]))
    assert {"what": table, "why": "list.json lists it without its properties"} in look(0, stack="stack.yaml", existing="list.json")["unknowns"]


def test_two_files_that_define_one_resource(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "spoke.bicep", r"^  name: 'vnet-spoke'$", "  name: 'vnet-hub'")
    edit(folder / "stack.yaml", r"^  resourceGroup: rg-spoke$", "  resourceGroup: RG-hub")
    assert preflight.run(stack="stack.yaml") == 1
    text = said()
    assert f"hub.bicep and spoke.bicep both define {GROUPS}/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub" in text
    assert "stack.yaml:1:3, stack.yaml:6:3" in text


MODULE = """
module network 'br/public:avm/res/network/virtual-network:0.5.0' = {
  name: 'network'
  params: { name: 'vnet', addressPrefixes: ['10.0.0.0/16'] }
}
module cluster 'cluster.bicep' = {
  name: 'cluster'
  params: { nodeSubnetId: network.outputs.subnetResourceIds[0], password: 'x' }
}
"""
LINK = "br:mcr.microsoft.com/bicep/avm/res/network/virtual-network:0.5.0"


def test_a_module_that_is_not_restored_is_unknown_by_its_name(folder: Path, said: Callable[[], str]) -> None:
    (folder / "main.bicep").write_text(MODULE)
    found = look(4, file="main.bicep")
    assert f"what {LINK} makes and gives" in [one["what"] for one in found["unknowns"]]
    assert f"{LINK} changes no rule, route or peering of the resources here" in [one["text"] for one in found["assumptions"]]
    assert {one["standing"] for one in found["endpoints"]} == {"unknown"}
    assert all(f"reference('{LINK}')" in one["ends"] for one in found["endpoints"])
    assert "it is a module of a registry that is not restored here" in said()


def test_a_cluster_that_may_be_behind_a_module(folder: Path, said: Callable[[], str]) -> None:
    (folder / "main.bicep").write_text(MODULE.partition("module cluster")[0])
    assert preflight.run(file="main.bicep") == 4
    assert f"there is no cluster among the resources of main.bicep, but it may be behind what is not known: what {LINK} makes" in said()
    assert explain.run(file="main.bicep", to="https://mcr.microsoft.com") == 4
    assert LINK in said()


def test_a_parameters_file_of_a_module_that_is_not_restored(folder: Path, said: Callable[[], str]) -> None:
    (folder / "main.bicepparam").write_text("using 'br/public:avm/res/network/virtual-network:0.5.0'\nparam name = 'vnet'\n")
    assert preflight.run(file="main.bicepparam") == 4
    assert f"what {LINK} makes and gives" in said()


def test_names_of_a_module_that_is_not_restored(folder: Path, said: Callable[[], str]) -> None:
    types = "import { lock, name } from 'br/public:avm/utl/types:0.5.1'\nparam a lock?\nvar b = name('x')\n"
    edit(folder / "hub.bicep", r"\Ametadata", f"{types}metadata")
    found = look(4, stack="stack.yaml")
    assert {one["standing"] for one in found["endpoints"]} == {"unknown"}
    assert "what br:mcr.microsoft.com/bicep/avm/utl/types:0.5.1 makes and gives" in [one["what"] for one in found["unknowns"]]
    edit(folder / "hub.bicep", r"\Aimport", "var wrong = nowhere\nimport")
    assert preflight.run(stack="stack.yaml") == 1
    assert "BCP057" in said()


def test_a_resource_that_may_not_be_made(folder: Path) -> None:
    edit(folder / "hub.bicep", r"^resource firewall '(\S+)' = \{$", r"resource firewall '\1' = if (!empty(made)) {")
    edit(folder / "hub.bicep", r"\Ametadata", "@secure()\nparam made string\n\nmetadata")
    edit(folder / "stack.yaml", r"^    nodeSubnetIds:", f"    made: {SECRET}\n    nodeSubnetIds:")
    found = look(4, stack="stack.yaml")
    (doubt,) = [one for one in found["findings"] if one["code"] == "ResourceMayNotBeMade"]
    assert (doubt["severity"], doubt["target"]) == ("unknown", f"{GROUPS}/rg-hub/providers/Microsoft.Network/azureFirewalls/fw-hub")
    assert "conditional-resource" in {one["code"] for one in found["assumptions"]}


def test_rules_alone_are_looked_at_where_there_is_no_cluster(folder: Path, said: Callable[[], str]) -> None:
    entries = (folder / "stack.yaml").read_text().split("- file")
    (folder / "hub-and-spoke.yaml").write_text("".join(f"- file{part}" for part in entries[1:3]))
    assert look(0, stack="hub-and-spoke.yaml")["endpoints"] == []
    assert "There is no cluster among the resources: only rules and addresses were looked at." in said()


def test_a_file_with_errors_is_an_error(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "spoke.bicep", r"location: location\n  properties: \{\n    routes", "location: nowhere\n  properties: {\n    routes")
    assert preflight.run(stack="stack.yaml") == 1
    assert "spoke.bicep:" in said()


def test_parameters_are_held_against_the_template(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "stack.yaml", r"^    password: .*$", f"    passwort: {SECRET}")
    assert preflight.run(stack="stack.yaml") == 1
    text = said()
    assert "the parameter 'password' is required" in text
    assert "the template has no parameter 'passwort'" in text
    assert "did you mean 'password'?" in text


def test_a_secret_of_the_wrong_type_is_not_shown(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "stack.yaml", r"^    password: .*$", f"    password: [{SECRET}]")
    assert preflight.run(stack="stack.yaml") == 1
    assert "expected a text, but the value, which is secure and not shown, is a list" in said()


@pytest.mark.parametrize("value", [f"['{SECRET}']", f"'{SECRET}' + 1", f"[\n  '{SECRET}'\n]"])
def test_a_value_in_a_parameters_file_is_not_shown(folder: Path, said: Callable[[], str], value: str) -> None:
    (folder / "cluster.bicepparam").write_text(f"using 'cluster.bicep'\nparam nodeSubnetId = '{NODES}'\nparam password = {value}\n")
    assert preflight.run(file="cluster.bicepparam") == 1
    assert "cluster.bicepparam:3:18: error BCP" in said()


def arm_files(folder: Path) -> None:
    """The cluster as ARM JSON with comments, and its parameters: one in another case, one a secret of a key vault."""
    from orchestrator.compiler import compile_file

    template = compile_file(folder / "cluster.bicep").template
    (folder / "cluster.json").write_text(f"// compiled\n{json.dumps(template)}")
    vault = {"keyVault": {"id": f"{GROUPS}/rg/providers/Microsoft.KeyVault/vaults/v"}, "secretName": "s"}
    document = {
        "$schema": SCHEMA.format("Parameters"),
        "contentVersion": "1.0.0.0",
        "parameters": {"NODESUBNETID": {"value": NODES}, "password": {"reference": vault}, "location": {"value": "West Europe"}},
    }
    (folder / "cluster.parameters.json").write_text(json.dumps(document))


def test_arm_templates_and_parameters(folder: Path) -> None:
    arm_files(folder)
    found = look(4, file="cluster.json", parameters="cluster.parameters.json")
    assert found["name"] == "cluster.json"
    assert "assumed-location" not in {one["code"] for one in found["assumptions"]}
    assert "https://sample.hcp.westeurope.azmk8s.io" in [one["endpoint"] for one in found["endpoints"]]
    assert look(4, file="cluster.parameters.json", parameters="cluster.json")["endpoints"] == found["endpoints"]


def test_a_bicepparam_alone_and_beside_its_file(folder: Path, said: Callable[[], str]) -> None:
    arm_files(folder)
    (folder / "cluster.bicepparam").write_text(f"using 'cluster.bicep'\nparam nodeSubnetId = '{NODES}'\nparam password = '{SECRET}'\n")
    alone, beside = look(4, file="cluster.bicepparam"), look(4, file="cluster.bicep", parameters="cluster.bicepparam")
    assert alone["endpoints"] == beside["endpoints"]
    assert [one["text"] for one in alone["assumptions"] if one["code"] == "assumed-location"] == [
        "cluster.bicepparam goes to westeurope, since nothing says where; a stack file does"
    ]
    (folder / "cluster.bicepparam").write_text("using 'hub.bicep'\nparam nodeSubnetIds = []\n")
    assert preflight.run(file="cluster.bicep", parameters="cluster.bicepparam") == 1
    assert "cluster.bicepparam is for another file than cluster.bicep" in said()


def test_an_exported_template_is_what_exists(folder: Path) -> None:
    arm_files(folder)
    resource = {"type": "Microsoft.ContainerService/managedClusters", "apiVersion": "2024-01-01", "name": "[parameters('n')]", "location": "westeurope"}
    exported = {
        "$schema": SCHEMA.format("Template"),
        "contentVersion": "1.0.0.0",
        "parameters": {"n": {"type": "string", "defaultValue": "other"}},
        "resources": [{**resource, "properties": {"agentPoolProfiles": [{"name": "p"}]}}],
    }
    (folder / "exported.json").write_text(json.dumps(exported))
    found = look(4, file="cluster.json", parameters="cluster.parameters.json", existing="exported.json")
    assert {one["cluster"] for one in found["endpoints"]} == {"aks", "other"}
    assert preflight.run(stack="stack.yaml", existing="exported.json") == 1


def test_explain(folder: Path, said: Callable[[], str]) -> None:
    assert explain.run(stack="stack.yaml", to="https://registry-1.docker.io", outputs=Outputs(json="r.json")) == 0
    (found,) = json.loads((folder / "r.json").read_text())["environments"]
    (flow,) = found["explanation"]["flows"]
    assert (flow["allowed"], flow["grade"], found["explanation"]["basis"]) == (True, "on assumptions", "the files")
    assert flow["leaving"] == f"not known before creation: {ADDRESS}"
    assert explain.run(stack="stack.yaml", to="https://example.com") == 0
    assert "denied by the firewall" in said()
    assert explain.run(stack="stack.yaml", to="https://example.com", live=True) == 1
    assert "--live sends through what is deployed, and files are not" in said()


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ({"env": "udr", "stack": "stack.yaml"}, "--env and --stack are different things to look at"),
        ({"file": "hub.bicep", "stack": "stack.yaml"}, "--file and --stack are different things to look at"),
        ({"parameters": "p.json"}, "--parameters belongs to --file"),
        ({"existing": "e.json"}, "--existing belongs to --file or --stack"),
        ({"stack": "nowhere.yaml"}, "there is no stack file nowhere.yaml"),
        ({"file": "nowhere.bicep"}, "there is no file nowhere.bicep"),
        ({"file": "stack.yaml"}, "stack.yaml is no kind of file that is read here"),
        ({"file": "hub.bicep", "target": "files"}, "'files' is no target"),
        ({"file": "list.json"}, "list.json holds no object"),
        ({"file": "object.json"}, "object.json is no ARM template: it has no resources"),
        ({"file": "broken.json"}, "broken.json is no JSON"),
        ({"file": "shape.json"}, "shape.json: The template parameter 'a' is not valid"),
        ({"file": "parameters.json"}, "parameters.json names no template: it holds parameters only"),
        ({"file": "cluster.bicep", "parameters": "object.json"}, "object.json holds no parameters"),
        ({"stack": "stack.yaml", "existing": "object.json"}, "object.json holds no list of resources"),
        ({"stack": "stack.yaml", "existing": "list.json"}, "list.json: entry 0 is no resource with an id"),
    ],
)
def test_bad_input(folder: Path, said: Callable[[], str], selection: dict[str, str], message: str) -> None:
    (folder / "list.json").write_text("[1]")
    (folder / "object.json").write_text('{"a": 1}')
    (folder / "broken.json").write_text('{"a": ')
    (folder / "shape.json").write_text('{"resources": [], "parameters": {"a": 1}}')
    (folder / "parameters.json").write_text('{"parameters": {"a": {"value": 1}}}')
    assert preflight.run(**selection) == 1  # type: ignore[arg-type]
    assert message in said()


def test_a_bad_stack_says_where(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "stack.yaml", r"^- file: spoke.bicep$", "- file: spoken.bicep\n  resourcegroup: rg")
    assert preflight.run(stack="stack.yaml") == 1
    text = said()
    assert "stack.yaml:6:9" in text
    assert "did you mean 'spoke.bicep'?" in text
    assert "stack.yaml:7:3" in text
    assert "did you mean 'resourceGroup'?" in text


def test_a_template_for_a_group_needs_one(folder: Path, said: Callable[[], str]) -> None:
    edit(folder / "stack.yaml", r"^  resourceGroup: rg-spoke$", "")
    assert preflight.run(stack="stack.yaml") == 1
    assert "spoke.bicep is deployed to a resource group, and none is named" in said()


def test_the_docs_show_a_stack_that_is_one(tmp_path: Path) -> None:
    from orchestrator.environments.stack_file import load_stack

    text = (ROOT / "docs" / "egress.md").read_text()
    (example,) = [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if block.startswith("- file:")]
    (tmp_path / "stack.yaml").write_text(example)
    for name in re.findall(r"(?:file|parameters): (\S+)", example):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert len(load_stack(tmp_path / "stack.yaml")) == 3
