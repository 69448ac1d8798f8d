"""Which target is chosen: a table of what is said, and what it means."""

import pytest

from orchestrator.model.errors import UserError
from orchestrator.workflows.target import choose_target

LAB = "00000000-0000-0000-0000-0000000001ab"
MINE = "aaaaaaaa-0000-0000-0000-000000000001"
OTHER = "bbbbbbbb-0000-0000-0000-000000000002"
LOOPBACK = {"AZURE_AUTHORITY_HOST": "https://localhost:4443"}


@pytest.mark.parametrize(
    ("named", "yaml", "environ", "expected"),
    [
        ("", None, {}, ("local", LAB)),
        ("", MINE, {}, ("azure", MINE)),
        ("", None, {"AZURE_SUBSCRIPTION_ID": MINE}, ("azure", MINE)),
        ("", MINE, {"AZURE_SUBSCRIPTION_ID": OTHER}, ("azure", MINE)),
        ("", MINE, {"AZURE_SUBSCRIPTION_ID": LAB}, ("azure", MINE)),
        ("", LAB, {}, ("local", LAB)),
        ("", LAB.upper(), {"AZURE_SUBSCRIPTION_ID": LAB.upper()}, ("local", LAB)),
        ("", LAB, {"AZURE_SUBSCRIPTION_ID": MINE}, ("azure", MINE)),
        ("", None, {"AZURE_SUBSCRIPTION_ID": ""}, ("local", LAB)),
        ("local", MINE, {"AZURE_SUBSCRIPTION_ID": MINE}, ("local", LAB)),
        ("azure", MINE, {}, ("azure", MINE)),
        ("azure", None, {"AZURE_SUBSCRIPTION_ID": MINE}, ("azure", MINE)),
        ("", MINE, LOOPBACK, ("local", LAB)),
        ("local", MINE, LOOPBACK, ("local", LAB)),
        ("", MINE, {"AZURE_RESOURCE_MANAGER_ENDPOINT": "https://127.0.0.1:8443"}, ("local", LAB)),
        ("", MINE, {"ARM_CLOUD_METADATA_URL": "http://[::1]:80/metadata/endpoints"}, ("local", LAB)),
        ("", MINE, {"AZURE_AUTHORITY_HOST": "localhost"}, ("local", LAB)),
        ("azure", MINE, {"AZURE_AUTHORITY_HOST": "login.microsoftonline.us"}, ("azure", MINE)),
        ("azure", MINE, {"AZURE_AUTHORITY_HOST": "https://localhost.example.com"}, ("azure", MINE)),
        ("azure", MINE, {"TF_BUILD": "True"}, ("azure", MINE)),
        ("local", None, {"CI": "true"}, ("local", LAB)),
        ("", None, {"CI": "false", "TF_BUILD": ""}, ("local", LAB)),
    ],
)  # fmt: skip
def test_a_choice(named: str, yaml: str | None, environ: dict[str, str], expected: tuple[str, str]) -> None:
    choice = choose_target(named, yaml, environ)
    assert (choice.kind.value, choice.subscription_id) == expected
    assert choice.why


@pytest.mark.parametrize(
    ("named", "yaml", "environ", "code"),
    [
        ("", None, {"TF_BUILD": "True"}, "TargetNotNamed"),
        ("", MINE, {"CI": "1"}, "TargetNotNamed"),
        ("azure", None, {}, "NoSubscription"),
        ("azure", MINE, LOOPBACK, "LoopbackIsNotAzure"),
        ("azure", LAB, {"AZURE_SUBSCRIPTION_ID": LAB}, "NoSubscription"),
        ("Azure", MINE, {}, "UnknownTarget"),
        ("aws", MINE, {}, "UnknownTarget"),
    ],
)
def test_what_is_not_clear_is_refused(named: str, yaml: str | None, environ: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as raised:
        choose_target(named, yaml, environ)
    assert [problem.code for problem in raised.value.problems] == [code]


def test_another_azure_has_another_address() -> None:
    assert choose_target("", MINE, {}).target.arm_url == "https://management.azure.com"
    sovereign = {"AZURE_RESOURCE_MANAGER_ENDPOINT": "https://management.usgovcloudapi.net/"}
    assert choose_target("", MINE, sovereign).target.arm_url == "https://management.usgovcloudapi.net"
