"""What any ARM client relies on, whatever the resource: login, groups, envelopes, ids without case, long-running operations."""

import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.identity import ClientSecretCredential

from orchestrator.lab.directory import CLIENT_ID, SUBSCRIPTION_ID, TENANT_ID
from tests.lab.conftest import Sdk


def test_a_group_is_made_read_listed_tagged_and_deleted(sdk: Sdk) -> None:
    groups = sdk.resources.resource_groups
    made = groups.create_or_update("RG-Case", {"location": "West Europe", "tags": {"a": "b"}})
    assert (made.name, made.location, made.tags, made.properties.provisioning_state) == ("RG-Case", "westeurope", {"a": "b"}, "Succeeded")
    assert groups.get("rg-case").name == "RG-Case"
    assert groups.check_existence("rg-CASE") is True
    assert groups.update("rg-case", {"tags": {"c": "d"}}).tags == {"c": "d"}
    assert "RG-Case" in [group.name for group in groups.list()]
    with pytest.raises(HttpResponseError) as moved:
        groups.create_or_update("rg-case", {"location": "northeurope"})
    assert moved.value.error.code == "InvalidResourceGroupLocation"
    groups.begin_delete("rg-case").result()
    assert groups.check_existence("RG-Case") is False
    with pytest.raises(ResourceNotFoundError) as gone:
        groups.get("rg-case")
    assert gone.value.error.code == "ResourceGroupNotFound"


def test_a_wrong_secret_is_refused_as_entra_does(sdk: Sdk) -> None:
    credential = ClientSecretCredential(
        TENANT_ID, CLIENT_ID, "wrong", authority=sdk.target.authority_url, disable_instance_discovery=True, connection_verify=str(sdk.target.ca_path)
    )
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        credential.get_token(f"{sdk.target.arm_url}/.default")
    credential.close()


@pytest.mark.parametrize(
    ("method", "path", "token", "status", "code"),
    [
        ("GET", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups?api-version=2024-11-01", "nonsense", 401, "InvalidAuthenticationToken"),
        ("GET", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups?api-version=2024-11-01", "a.b.c", 401, "InvalidAuthenticationToken"),
        ("GET", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups?api-version=2024-11-01", "", 401, "AuthenticationFailed"),
        ("GET", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups", None, 400, "MissingApiVersionParameter"),
        ("GET", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups?api-version=new", None, 400, "InvalidApiVersionParameter"),
        ("GET", f"/subscriptions/{TENANT_ID}/resourcegroups?api-version=2024-11-01", None, 404, "SubscriptionNotFound"),
        ("GET", "/nothing/here?api-version=2024-11-01", None, 404, "InvalidResourcePath"),
        ("POST", f"/subscriptions/{SUBSCRIPTION_ID}/resourcegroups?api-version=2024-11-01", None, 405, "MethodNotAllowed"),
        ("GET", "/lab/status", "", 401, "AuthenticationFailed"),
        (
            "PUT",
            f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/none/providers/Microsoft.Network/routeTables/x?api-version=2024-11-01",
            None,
            404,
            "ResourceGroupNotFound",
        ),
        (
            "GET",
            f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/none/providers/Microsoft.Network/nothings/x?api-version=2024-11-01",
            None,
            404,
            "InvalidResourceType",
        ),
        (
            "GET",
            f"/subscriptions/{SUBSCRIPTION_ID}/resourceGroups/none/providers/Microsoft.Nothing/x/y?api-version=2024-11-01",
            None,
            404,
            "InvalidResourceNamespace",
        ),
    ],
)
def test_refusals_come_in_arms_envelope(sdk: Sdk, method: str, path: str, token: str | None, status: int, code: str) -> None:
    got, body = sdk.send(method, path, {} if method != "GET" else None, token=token)
    assert (got, body["error"]["code"]) == (status, code)


def test_ids_compare_without_case_and_names_keep_theirs(sdk: Sdk, group: str) -> None:
    path = f"{group}/providers/Microsoft.Network/routeTables/MyTable"
    assert sdk.send("PUT", f"{path}?api-version=2026-03-01", {"location": "West Europe", "properties": {}})[0] == 201
    status, body = sdk.send("GET", f"{path.upper()}?API-VERSION=2026-03-01".replace("API-VERSION", "api-version"))
    assert (status, body["name"], body["location"]) == (200, "MyTable", "westeurope")
    listed = sdk.resources.resources.list_by_resource_group(group.rsplit("/", 1)[-1].upper(), filter="resourceType eq 'microsoft.network/ROUTETABLES'")
    assert [entry.id for entry in listed] == [path]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"location": 3}', b'{"location": "westeurope", "properties": []}', b'{"location": "mars"}', b"\xff"])
def test_a_malformed_body_is_refused(sdk: Sdk, group: str, body: bytes) -> None:
    status, answer = sdk.send("PUT", f"{group}/providers/Microsoft.Network/routeTables/x?api-version=2026-03-01", body)
    assert status == 400
    assert answer["error"]["code"] in ("InvalidRequestContent", "InvalidRequestFormat", "LocationRequired", "LocationNotAvailableForResourceType")


def test_a_slow_write_is_a_long_running_operation(sdk: Sdk, group: str) -> None:
    name = group.rsplit("/", 1)[-1]
    sdk.send("PUT", "/lab/pace", {"seconds": 0.3})
    try:
        poller = sdk.resources.resources.begin_create_or_update_by_id(
            f"{group}/providers/Microsoft.Network/routeTables/slow", {"location": "westeurope"}, api_version="2026-03-01"
        )
        table = f"{group}/providers/Microsoft.Network/routeTables/slow"
        assert sdk.get(table)["properties"]["provisioningState"] == "Creating"
        status, busy = sdk.send("PUT", f"{table}?api-version=2026-03-01", {"location": "westeurope"})
        assert (status, busy["error"]["code"]) == (409, "AnotherOperationInProgress")
        assert poller.result().properties["provisioningState"] == "Succeeded"
        deletion = sdk.resources.resource_groups.begin_delete(name)
        assert not deletion.done()
        deletion.result()
        assert not sdk.resources.resource_groups.check_existence(name)
    finally:
        sdk.send("PUT", "/lab/pace", {"seconds": 0})


def test_discovery(sdk: Sdk) -> None:
    assert sdk.send("GET", "/metadata/endpoints?api-version=2019-05-01", token="")[1][0]["resourceManager"] == sdk.target.arm_url
    assert sdk.send("GET", "/metadata/endpoints?api-version=2022-09-01", token="")[1]["authentication"]["loginEndpoint"] == sdk.target.arm_url
    assert sdk.send("GET", "/subscriptions?api-version=2022-12-01")[1]["value"][0]["subscriptionId"] == SUBSCRIPTION_ID
    assert sdk.send("GET", "/tenants?api-version=2022-12-01")[1]["value"][0]["tenantId"] == TENANT_ID
    provider = sdk.resources.providers.get("microsoft.network")
    assert provider.registration_state == "Registered"
    assert "virtualNetworks/subnets" in [kind.resource_type for kind in provider.resource_types]


def test_etags_are_honoured(sdk: Sdk, group: str) -> None:
    table = f"{group}/providers/Microsoft.Network/routeTables/t?api-version=2026-03-01"
    body = {"location": "westeurope", "tags": {"a": "b"}}
    assert sdk.send("PUT", table, body, If_Match='W/"other"')[1]["error"]["code"] == "PreconditionFailed"
    made = sdk.send("PUT", table, body, If_None_Match="*")[1]
    assert sdk.send("PUT", table, body, If_None_Match="*")[0] == 412
    assert sdk.send("PUT", table, body | {"tags": {}}, If_Match=made["etag"])[1]["etag"] != made["etag"]
    assert sdk.send("DELETE", table, If_Match=made["etag"])[0] == 412
    assert sdk.send("DELETE", table)[0] in (200, 202)
