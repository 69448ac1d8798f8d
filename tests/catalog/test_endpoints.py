import re
from datetime import date
from typing import get_args

import pytest

from orchestrator.catalog.cse_exit_codes import find_exit_code
from orchestrator.catalog.endpoints import CLOUDS, FEATURES, EndpointKind, Phase, cloud_of, required_endpoints
from orchestrator.catalog.fqdn_tags import FqdnTagEntry, expand_fqdn_tag, known_fqdn_tags

PLACEHOLDERS = {"location", "apiServerAddress", "apiServerSubnetAddress", "customDnsAddress", "gitHost", "bootstrapRegistry"}


@pytest.mark.parametrize("row", [row for cloud in CLOUDS for row in required_endpoints(cloud)], ids=lambda row: f"{row.feature}-{row.host}-{row.port}")
def test_every_row_is_whole(row):
    assert row.feature in FEATURES
    assert row.kind in get_args(EndpointKind)
    assert row.phase in get_args(Phase)
    assert len(row.why) > 3
    assert row.protocol in ("http", "https", "tcp", "udp")
    assert 0 < row.port < 65536
    assert row.source.startswith("https://")
    assert date.fromisoformat(row.date) <= date(2026, 12, 31)
    assert set(re.findall(r"{(\w+)}", row.host)) <= PLACEHOLDERS
    assert (row.kind == "wildcard") == row.host.startswith("*.")
    if row.kind == "wildcard":
        assert row.sample_host is not None
        assert row.sample_host.endswith(row.host[1:])
    if row.exit_code is not None:
        assert row.phase in ("boot", "boot-if-not-cached")
    if row.protocol in ("http", "https"):
        assert row.kind in ("fqdn", "wildcard")


@pytest.mark.parametrize("cloud", CLOUDS)
def test_rows_are_unique(cloud):
    keys = [(row.feature, row.host, row.protocol, row.port) for row in required_endpoints(cloud)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_cloud_says_what_nodes_boot_by(cloud):
    boot = {row.exit_code for row in required_endpoints(cloud) if row.phase == "boot" and row.feature != "isolated"}
    assert boot == {50, 51, 52}
    assert {row.exit_code for row in required_endpoints(cloud) if row.phase == "boot-if-not-cached"} >= {41}
    assert all(row.exit_code is None or find_exit_code(row.exit_code) is not None for row in required_endpoints(cloud))


def test_a_cloud_has_its_own_names():
    hosts = {cloud: {row.host for row in required_endpoints(cloud)} for cloud in CLOUDS}
    assert "*.hcp.{location}.cx.prod.service.azk8s.cn" in hosts["china"]
    assert {"*.hcp.{location}.cx.aks.containerservice.azure.us", "*.vault.usgovcloudapi.net"} <= hosts["usgovernment"]
    assert not {"management.azure.com", "login.microsoftonline.com"} & (hosts["china"] | hosts["usgovernment"])
    assert [cloud_of(location) for location in ("westeurope", "chinaeast2", "usgovvirginia", "usdodcentral")] == [
        "public",
        "china",
        "usgovernment",
        "usgovernment",
    ]


MICROSOFTS_FEATURES = {
    "public": set(FEATURES) - {"private"},
    "china": set(FEATURES) - {"private", "extensions", "dapr", "flux"},
    "usgovernment": set(FEATURES) - {"private"},
}
"""What a cloud's page has rows for: none of cluster extensions in China."""


@pytest.mark.parametrize("cloud", CLOUDS)
def test_every_feature_of_a_cloud_has_rows(cloud):
    assert {row.feature for row in required_endpoints(cloud)} == MICROSOFTS_FEATURES[cloud]


def test_monitoring_policy_and_defender_have_each_clouds_names():
    hosts = {cloud: {row.host for row in required_endpoints(cloud) if row.feature in ("container-insights", "policy", "defender")} for cloud in CLOUDS}
    assert {"*.ods.opinsights.azure.com", "data.policy.core.windows.net", "*.cloud.defender.microsoft.com"} <= hosts["public"]
    assert {"*.ods.opinsights.azure.us", "data.policy.azure.us", "*.cloud.defender.microsoft.com"} <= hosts["usgovernment"]
    assert {"*.ods.opinsights.azure.cn", "data.policy.azure.cn"} <= hosts["china"]
    assert not any(host.endswith(("azure.com", "windows.net")) for host in hosts["china"] | hosts["usgovernment"])


@pytest.mark.parametrize(("location", "api_server"), [("westeurope", ".azmk8s.io"), ("usgovvirginia", ".azure.us"), ("chinanorth3", ".azk8s.cn")])
def test_the_tag_has_the_names_of_its_cloud(location, api_server):
    assert any(
        entry.pattern.startswith(f"*.hcp.{location}") and entry.pattern.endswith(api_server) for entry in expand_fqdn_tag("AzureKubernetesService", location)
    )


def test_a_row_at_a_region_has_no_placeholder_of_it():
    row = required_endpoints()[0].at("westeurope")
    assert (row.host, row.sample_host) == ("*.hcp.westeurope.azmk8s.io", "sample.hcp.westeurope.azmk8s.io")


def test_an_unknown_cloud_is_refused():
    with pytest.raises(ValueError, match="'moon'"):
        required_endpoints("moon")


def test_the_tag_covers_the_names_that_a_cluster_needs_always():
    entries = expand_fqdn_tag("azurekubernetesservice", "westeurope")
    base = {FqdnTagEntry(row.host, row.protocol, row.port) for row in (r.at("westeurope") for r in required_endpoints()) if row.feature == "base"}
    assert base < set(entries)
    assert len(entries) == len(set(entries))
    assert ("*.hcp.westeurope.azmk8s.io", "https", 443) in entries
    assert not any("{" in entry.pattern or entry.protocol not in ("http", "https") for entry in entries)
    assert "registry-1.docker.io" not in {entry.pattern for entry in entries}


def test_an_unknown_tag_is_refused():
    assert known_fqdn_tags() == ("AzureKubernetesService",)
    with pytest.raises(ValueError, match="'WindowsUpdate'"):
        expand_fqdn_tag("WindowsUpdate", "westeurope")
