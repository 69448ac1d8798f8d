"""What is proposed for a type or a version that does not exist."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.resource_types import nearest_types, nearest_versions
from orchestrator.resource_types.nearest import _distance


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Microsoft.Network/virtualNetwork@2024-07-01", "Microsoft.Network/virtualNetworks"),
        ("microsoft.network/VIRTUALNETWROKS", "Microsoft.Network/virtualNetworks"),
        ("Microsoft.Networks/natGateway", "Microsoft.Network/natGateways"),
        ("Microsoft.ContainerServices/managedCluster", "Microsoft.ContainerService/managedClusters"),
        ("Microsoft.Compute/azureFirewalls", "Microsoft.Network/azureFirewalls"),
    ],
)
def test_the_nearest_type(name: str, first: str) -> None:
    assert nearest_types(name)[0] == first


def test_nothing_is_proposed_where_nothing_is_near() -> None:
    assert nearest_types("Contoso.Toys/trainSets@2024-01-01") == ()


def test_no_more_than_asked_for() -> None:
    assert nearest_types("Microsoft.Network/virtualNetwork", 0) == ()
    assert len(nearest_types("Microsoft.Compute/virtualNetworks", 2)) == 2


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2026-08-02", ("2026-08-02-preview", "2026-08-01")),
        ("2026-08-01-preview", ("2026-08-01", "2026-08-02-preview")),
        ("latest", ("2026-08-02-preview", "2026-08-01")),
    ],
)
def test_the_nearest_versions(version: str, expected: tuple[str, ...]) -> None:
    assert nearest_versions("Microsoft.ContainerService/managedClusters", version, 2) == expected


def test_an_unknown_type_has_no_versions() -> None:
    assert nearest_versions("Microsoft.ContainerService/managedCluster", "2026-08-01") == ()


def plain_distance(left: str, right: str) -> int:
    """The table that the bit vectors stand for, cell by cell."""
    table = {(row, 0): row for row in range(len(left) + 1)} | {(0, column): column for column in range(len(right) + 1)}
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            differ = left[row - 1] != right[column - 1]
            best = min(table[row - 1, column] + 1, table[row, column - 1] + 1, table[row - 1, column - 1] + differ)
            if row > 1 and column > 1 and left[row - 1] == right[column - 2] and left[row - 2] == right[column - 1]:
                best = min(best, table[row - 2, column - 2] + 1)
            table[row, column] = best
    return table[len(left), len(right)]


@given(left=st.text("abc", max_size=12), right=st.text("abc", max_size=12))
def test_the_distance_is_that_of_the_table(left: str, right: str) -> None:
    assert _distance(left, right) == plain_distance(left, right)
