"""The migration table as the page prints it, and where other sources dissent."""

import pytest

from orchestrator.catalog.outbound_types import (
    DISSENTING_MOVES,
    OUTBOUND_TYPES,
    V2_AS_SKU,
    V2_AS_TYPE,
    covers,
    documented_moves,
    find_outbound_type,
    meant_outbound_type,
)

NEW = "2026-08-01"
MANAGED = ("loadBalancer", "managedNATGatewayV2", "managedNATGateway", "none", "block")
OWN = ("loadBalancer", "userAssignedNATGateway", "userDefinedRouting", "none", "block")
PAGE = {
    "managed": {"loadBalancer": "-yyyy", "managedNATGatewayV2": "n-n??", "managedNATGateway": "?y-yy", "none": "yyy-y", "block": "yyyy-"},
    "own": {"loadBalancer": "-yyyn", "userAssignedNATGateway": "y-yyn", "userDefinedRouting": "yy-yn", "none": "yyy-n"},
}
"""Rows from, columns to, in the order of MANAGED and OWN: yes, no, contested."""


def verdict(network, before, after, version=NEW):
    return (
        {True: "y", False: "n"}.get(next(iter(said))) if len(said := {row.possible for row in documented_moves(network, before, after, version)}) == 1 else "?"
    )


@pytest.mark.parametrize(("network", "before"), [(network, before) for network, rows in PAGE.items() for before in rows])
def test_the_tables_of_the_page(network, before):
    columns = MANAGED if network == "managed" else OWN
    found = "".join("-" if after == before else verdict(network, before, after) for after in columns)
    assert found == PAGE[network][before]


def test_a_contested_move_names_both_sources():
    rows = documented_moves("managed", "managedNATGatewayV2", "none", NEW)
    assert [(row.possible, row.source.rsplit("/", 1)[-1], row.date) for row in rows] == [
        (False, "egress-outboundtype", "2026-08-05"),
        (True, "CHANGELOG.md", "2026-05-29"),
    ]
    assert verdict("managed", "managedNATGatewayV2", "none", "2025-10-01") == "n", "the changelog's word holds for versions that have V2"


@pytest.mark.parametrize(
    ("network", "before", "after", "expected"),
    [
        ("managed", "managedNATGateway", "userDefinedRouting", "?"),
        ("managed", "loadBalancer", "userDefinedRouting", "n"),
        ("managed", "loadBalancer", "userAssignedNATGateway", "n"),
        ("own", "loadBalancer", "managedNATGateway", "n"),
    ],
)
def test_types_of_another_network(network, before, after, expected):
    assert verdict(network, before, after) == expected


def test_what_no_source_has():
    assert documented_moves("own", "somethingNew", "loadBalancer", NEW) == ()


def test_spellings_by_api_version():
    assert meant_outbound_type("managedNATGateway", "StandardV2") == "managedNATGatewayV2"
    assert meant_outbound_type("managedNATGateway", "Standard") == meant_outbound_type("managedNATGateway", None) == "managedNATGateway"
    assert covers(V2_AS_TYPE, "2026-03-02-preview")
    assert not covers(V2_AS_TYPE, "2026-06-01")
    assert covers(V2_AS_SKU, NEW)


def test_every_row_is_known_and_sourced():
    names = {row.name for row in OUTBOUND_TYPES}
    assert len(names) == len(OUTBOUND_TYPES)
    assert all(row.source.startswith("https://") and row.date >= "2025" for row in (*OUTBOUND_TYPES, *DISSENTING_MOVES))
    assert {name for row in DISSENTING_MOVES for name in (row.before, row.after)} <= names
    assert find_outbound_type("none") is not None
    assert find_outbound_type("None") is None
