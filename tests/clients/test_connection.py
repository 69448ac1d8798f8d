"""How we log in, by target and environment; nothing is sent for it."""

import pytest
from azure.identity import AzurePipelinesCredential, ClientSecretCredential, DefaultAzureCredential

from orchestrator.clients.connection import PIPELINE_VARIABLES, Connection
from orchestrator.model.targets import Target, TargetKind

PIPELINE = dict.fromkeys(PIPELINE_VARIABLES, "11111111-1111-1111-1111-111111111111") | {"SYSTEM_OIDCREQUESTURI": "https://dev.azure.com/x"}
LAB = Target(TargetKind.LOCAL, "sub", "https://localhost:1", "https://localhost:1", "11111111-1111-1111-1111-111111111111", "c", "s")


@pytest.mark.parametrize(
    ("target", "environ", "kind"),
    [
        (LAB, PIPELINE, ClientSecretCredential),
        (Target(TargetKind.AZURE, "sub"), PIPELINE, AzurePipelinesCredential),
        (Target(TargetKind.AZURE, "sub"), PIPELINE | {"SYSTEM_ACCESSTOKEN": ""}, DefaultAzureCredential),
        (Target(TargetKind.AZURE, "sub"), {}, DefaultAzureCredential),
    ],
)
def test_a_credential(target: Target, environ: dict[str, str], kind: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYSTEM_OIDCREQUESTURI", "https://dev.azure.com/x")
    connection = Connection(target, environ)
    assert isinstance(connection.credential, kind)
    connection.close()


def test_the_secret_is_in_no_text() -> None:
    assert "'s'" not in repr(LAB)
