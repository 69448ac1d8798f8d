"""lab.*: up, status, env, log, down; all of them may be said twice."""

import json
import subprocess

from cli import Project


def test_the_labs_life(own_lab: Project) -> None:
    assert "was not running" in own_lab.inv("lab.down").out
    assert json.loads(own_lab.inv("lab.status", "--json").out)["running"] is False
    assert "lab is down" in own_lab.inv("envs").out
    up = own_lab.inv("lab.up", "--pace", "0.5")
    assert up.status == 0
    assert "https://localhost:" in up.out
    status = json.loads(own_lab.inv("lab.status", "--json").out)
    assert (status["running"], status["pace"]) == (True, 0.5)
    assert own_lab.inv("envs").out.count("  no\n") == 4
    assert own_lab.inv("lab.log").status == 0
    assert "its state is kept" in own_lab.inv("lab.down").out


def test_the_variables_for_three_shells(project: Project) -> None:
    by_json = json.loads(project.inv("lab.env", "--shell", "json").out)
    assert list(by_json) == [
        "AZURE_TENANT_ID",
        "AZURE_CLIENT_ID",
        "AZURE_CLIENT_SECRET",
        "AZURE_SUBSCRIPTION_ID",
        "AZURE_AUTHORITY_HOST",
        "AZURE_RESOURCE_MANAGER_ENDPOINT",
        "ARM_CLOUD_METADATA_URL",
        "AZURE_CORE_INSTANCE_DISCOVERY",
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "BICEP_TRUSTED_CLOUDS",
    ]
    script = project.inv("lab.env").out + '\nprintf %s "$BICEP_TRUSTED_CLOUDS"'
    trusted = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True).stdout
    url = by_json["AZURE_RESOURCE_MANAGER_ENDPOINT"]
    assert json.loads(trusted) == [{"resourceManagerEndpoint": url, "activeDirectoryAuthority": url}]
    powershell = project.inv("lab.env", "--shell", "powershell").out
    assert f"$env:AZURE_CLIENT_SECRET = '{by_json['AZURE_CLIENT_SECRET']}'" in powershell


def test_with_the_labs_variables_the_target_stays_local(project: Project) -> None:
    variables = json.loads(project.inv("lab.env", "--shell", "json").out)
    ended = project.inv("whatif", "--env", "lb", "--target", "local", **variables)
    assert ended.status == 0, ended.err
    assert ended.out.startswith("LAB  local target: nothing is deployed to Azure")
    refused = project.inv("whatif", "--env", "lb", "--target", "azure", **variables)
    assert refused.status == 1
    assert "LoopbackIsNotAzure" in refused.err
