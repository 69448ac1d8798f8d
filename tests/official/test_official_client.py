"""A client that nobody here wrote: the official Bicep CLI's own `what-if` and `deploy` against the lab, and `./inv verify` of what it deployed.

The template is compiled by the official compiler, sent by its .NET SDK client over HTTPS, and judged by what the lab then holds: the client's own
progress view has a defect (it ends with "Object reference not set ..." where an operation carries no request content), so its exit status is not asked.
"""

import ctypes.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.clients.connection import connect
from orchestrator.clients.resource_groups import create_resource_group
from orchestrator.clients.resources import read_resources
from orchestrator.lab import lifecycle
from orchestrator.model.targets import Target

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = os.environ.get("BICEP") or shutil.which("bicep") or str(ROOT.parent / "shared" / "official" / "bicep")
LOCATION = "westeurope"
LONGEST = 240
ANSI = re.compile(r"\x1b\[[0-9;]*m")

pytestmark = [
    pytest.mark.official,
    pytest.mark.skipif(not Path(OFFICIAL).exists(), reason="the official Bicep CLI is not here (BICEP, PATH or ../shared/official/bicep)"),
    pytest.mark.skipif(ctypes.util.find_library("icuuc") is None, reason="the official Bicep CLI needs ICU (apt-get install libicu72)"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Target]]:
    """A lab of this module's own."""
    directory = tmp_path_factory.mktemp("lab")
    try:
        yield directory, lifecycle.ensure_started(directory)
    finally:
        lifecycle.stop(directory)


def official_project(folder: Path, target: Target, environment: str, group: str) -> Path:
    """A folder that makes the official CLI deploy parameters/<environment>.bicepparam to the lab; returns the file to name."""
    cloud = {"resourceManagerEndpoint": target.arm_url, "activeDirectoryAuthority": target.authority_url}
    configuration = {
        "experimentalFeaturesEnabled": {"deployCommands": True},
        "cloud": {"currentProfile": "lab", "credentialPrecedence": ["Environment"], "profiles": {"lab": cloud}},
    }
    (folder / "bicepconfig.json").write_text(json.dumps(configuration), encoding="utf-8")
    scope = f"/subscriptions/{target.subscription_id}/resourceGroups/{group}"
    params = folder / f"{environment}.bicepparam"
    own = (ROOT / "parameters" / f"{environment}.bicepparam").read_text(encoding="utf-8")
    using, rest = own.split("\n", 1)
    topology = ROOT / "parameters" / using.removeprefix("using ").strip("'")
    params.write_text(f"using '{os.path.relpath(topology, folder)}' with {{ mode: 'deployment', scope: '{scope}' }}\n{rest}", encoding="utf-8")
    return params


def official(command: str, params: Path, target: Target) -> str:
    """What the official CLI prints, both streams."""
    cloud = {"resourceManagerEndpoint": target.arm_url, "activeDirectoryAuthority": target.authority_url}
    environment = {
        **{name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ},
        "BICEP_TRUSTED_CLOUDS": json.dumps([cloud]),
        "SSL_CERT_FILE": str(target.ca_path),
        "AZURE_TENANT_ID": str(target.tenant_id),
        "AZURE_CLIENT_ID": str(target.client_id),
        "AZURE_CLIENT_SECRET": str(target.client_secret),
    }
    done = subprocess.run([OFFICIAL, command, params.name], cwd=params.parent, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False)
    return ANSI.sub("", done.stdout + done.stderr)


def symbols(what_if: str) -> str:
    """The symbols of the resources in a printed what-if, in order."""
    return "".join(re.findall(r"^\s*([-+~=x*!]) Microsoft\.\S+/", what_if, re.MULTILINE))


def inv(*arguments: str, lab_directory: Path) -> subprocess.CompletedProcess[str]:
    """`./inv` with this interpreter."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments, "--target", "local"],
        cwd=ROOT,
        env={**os.environ, "AKS_LAB_DIR": str(lab_directory)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


@pytest.mark.packets
@pytest.mark.parametrize(
    ("environment", "group", "planned", "expected"),
    [
        ("lb", "rg-aks-lb", 1, {"Microsoft.ContainerService/managedClusters": 1}),
        (
            "udr",
            "rg-aks-udr",
            12,
            {
                "Microsoft.ContainerService/managedClusters": 1,
                "Microsoft.Network/azureFirewalls": 1,
                "Microsoft.Network/firewallPolicies": 1,
                "Microsoft.Network/publicIPAddresses": 1,
                "Microsoft.Network/routeTables": 1,
                "Microsoft.Network/virtualNetworks": 1,
                "Microsoft.ManagedIdentity/userAssignedIdentities": 1,
            },
        ),
    ],
)
def test_the_official_cli_deploys_and_our_verify_proves_it(
    lab: tuple[Path, Target], tmp_path: Path, environment: str, group: str, planned: int, expected: dict[str, int]
) -> None:
    directory, target = lab
    azure = connect(target)
    create_resource_group(azure, group, LOCATION, {})
    params = official_project(tmp_path, target, environment, group)

    before = official("what-if", params, target)
    assert symbols(before) == "+" * planned, before

    official("deploy", params, target)
    held = [body["type"].lower() for body in read_resources(azure, group) if f"/resourcegroups/{group}/" in body["id"].lower()]
    assert {name: held.count(name.lower()) for name in expected} == expected

    after = official("what-if", params, target)
    assert "Scope:" not in after or set(symbols(after)) <= {"=", "*"}, after

    verified = inv("verify", "--env", environment, "--timeout", "3", lab_directory=directory)
    assert verified.returncode == 0, verified.stdout + verified.stderr
