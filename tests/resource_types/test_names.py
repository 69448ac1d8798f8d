"""Names are spelled as Microsoft spells them in each version."""

import pytest

from orchestrator.resource_types import canonical_name, types_of, versions_of


@pytest.mark.parametrize(
    ("type_", "version", "expected"),
    [
        ("microsoft.storage/STORAGEaccounts", "2020-08-01-PREVIEW", "Microsoft.Storage/storageAccounts@2020-08-01-preview"),
        ("MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS", "2026-08-01", "Microsoft.ContainerService/managedClusters@2026-08-01"),
        ("microsoft.network/virtualnetworks/subnets", "2024-07-01", "Microsoft.Network/virtualNetworks/subnets@2024-07-01"),
        # the spelling is that of the version
        ("microsoft.aad/domainservices/oucontainer", "2025-06-01", "Microsoft.Aad/domainServices/ouContainer@2025-06-01"),
        ("microsoft.aad/domainservices/oucontainer", "2025-10-01-preview", "Microsoft.AAD/domainServices/ouContainer@2025-10-01-preview"),
        # the first and the last
        ("anyscale.platform/agreements", "2026-09-01", "Anyscale.Platform/agreements@2026-09-01"),
        ("SPLITIO.experimentation/experimentationworkspaces", "2024-07-01-preview", "SplitIO.Experimentation/experimentationWorkspaces@2024-07-01-preview"),
        # not there
        ("Microsoft.Storage/storageAccounts", "2020-08-01", None),
        ("Microsoft.Storage/storageAccount", "2020-08-01-preview", None),
        ("Microsoft.Storages/storageAccounts", "2020-08-01-preview", None),
        ("Microsoft.Storage", "2020-08-01-preview", None),
        ("", "", None),
    ],
)
def test_canonical_name(type_: str, version: str, expected: str | None) -> None:
    assert canonical_name(type_, version) == expected


def test_versions_are_sorted_and_all_there() -> None:
    versions = versions_of("microsoft.containerservice/MANAGEDCLUSTERS")
    assert versions == tuple(sorted(versions))
    assert {"2025-05-01", "2026-06-01", "2026-08-01"} <= set(versions)
    assert versions_of("Microsoft.ContainerService/managedCluster") == ()


def test_versions_of_a_type_with_two_spellings_are_those_of_both() -> None:
    assert {"2025-06-01", "2025-10-01-preview"} <= set(versions_of("Microsoft.AAD/domainServices/ouContainer"))


def test_the_types_of_a_namespace() -> None:
    types = types_of("microsoft.managedidentity")
    assert "Microsoft.ManagedIdentity/userAssignedIdentities" in types
    assert "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials" in types
    assert types_of("microsoft.managedidentities") == ()
