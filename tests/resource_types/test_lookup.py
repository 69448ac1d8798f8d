"""Types out of the committed table."""

import subprocess
import sys

import pytest

from orchestrator.resource_types import (
    Array,
    DiscriminatedObject,
    Integer,
    Object,
    Property,
    PropertyFlags,
    Scope,
    String,
    StringLiteral,
    Type,
    Union,
    find_resource_type,
    resource_functions,
)

AKS = "Microsoft.ContainerService/managedClusters@2026-08-01"


def resolve(name: str, path: str) -> Type:
    """The type at a path of properties; `*` goes into the items of a list."""
    resource = find_resource_type(name)
    assert resource is not None
    found = resource.body.resolve()
    for step in path.split("."):
        if step == "*":
            assert isinstance(found, Array)
            found = found.item.resolve()
        else:
            found = get_property(found, step).type.resolve()
    return found


def get_property(type_: Type, name: str) -> Property:
    assert isinstance(type_, Object)
    return type_.properties[name]


def literals(type_: Type) -> set[str]:
    assert isinstance(type_, Union)
    return {element.value for ref in type_.elements if isinstance(element := ref.resolve(), StringLiteral)}


@pytest.mark.parametrize("name", [AKS, AKS.lower(), AKS.upper()])
def test_a_type_is_found_whatever_its_case(name: str) -> None:
    found = find_resource_type(name)
    assert found is not None
    assert (found.name, found.version) == ("Microsoft.ContainerService/managedClusters", "2026-08-01")
    assert (found.readable_scopes, found.writable_scopes) == (Scope.RESOURCE_GROUP, Scope.RESOURCE_GROUP)


@pytest.mark.parametrize("name", ["Microsoft.ContainerService/managedCluster@2026-08-01", "Microsoft.ContainerService/managedClusters@2020-01-01", "a/b", ""])
def test_a_type_outside_the_table_is_not_found(name: str) -> None:
    assert find_resource_type(name) is None


def test_flags() -> None:
    resource = find_resource_type(AKS)
    assert resource is not None
    body = resource.body.resolve()
    assert get_property(body, "name").flags == PropertyFlags.REQUIRED | PropertyFlags.DEPLOY_TIME_CONSTANT
    assert get_property(body, "id").flags == PropertyFlags.READ_ONLY | PropertyFlags.DEPLOY_TIME_CONSTANT
    name, identity = get_property(body, "name"), get_property(body, "id")
    assert (name.required, name.read_only, name.write_only, name.deploy_time_constant, name.identifier) == (True, False, False, True, False)
    assert (identity.required, identity.read_only, identity.deploy_time_constant) == (False, True, True)


def test_an_enum_and_its_openness() -> None:
    outbound = resolve(AKS, "properties.networkProfile.outboundType")
    assert {"loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"} <= literals(outbound)
    assert isinstance(outbound, Union)
    assert String() in [element.resolve() for element in outbound.elements]


def test_limits_and_patterns() -> None:
    idle = resolve(AKS, "properties.networkProfile.natGatewayProfile.idleTimeoutInMinutes")
    assert idle == Integer(4, 120)
    name = resolve("Microsoft.Storage/storageAccounts@2026-09-01", "name")
    assert name == String(3, 24, "^[a-z0-9]+$")


def test_types_are_cyclic_and_resolved_once() -> None:
    subnets = "properties.subnets.*"
    network = "Microsoft.Network/virtualNetworks@2026-03-01"
    assert resolve(network, f"{subnets}.properties.networkSecurityGroup.properties.subnets.*") is resolve(network, subnets)


def test_a_discriminated_body() -> None:
    script = find_resource_type("Microsoft.Resources/deploymentScripts@2023-08-01")
    assert script is not None
    body = script.body.resolve()
    assert isinstance(body, DiscriminatedObject)
    assert (body.discriminator, set(body.elements)) == ("kind", {"AzureCLI", "AzurePowerShell"})
    assert "location" in body.base


def test_functions_of_a_resource() -> None:
    resource = find_resource_type(AKS)
    assert resource is not None
    functions = {function.name: function for function in resource.functions}
    assert "listClusterAdminCredential" in functions
    admin = functions["listClusterAdminCredential"]
    assert (admin.type, admin.version, admin.input) == ("Microsoft.ContainerService/managedClusters", "2026-08-01", None)
    assert get_property(admin.output.resolve(), "kubeconfigs").read_only


def test_functions_of_what_is_no_resource() -> None:
    assert "checkNameAvailability" in {function.name for function in resource_functions("Microsoft.Storage", "2026-09-01")}
    assert resource_functions("Microsoft.Storages", "2026-09-01") == ()


def test_one_look_up_reads_one_chunk() -> None:
    """In a new process: only the namespace and version that was asked for is in memory, and few of its types are decoded."""
    script = (
        "from orchestrator.resource_types import lookup, find_resource_type\n"
        f"body = find_resource_type({AKS!r}).body.resolve()\n"
        "print(lookup._find_chunk.cache_info().currsize, len(body.properties), len(lookup._find_chunk('microsoft.containerservice@2026-08-01')._types))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["1", "13", "1"]
