"""What a cluster has decides what it must reach: each switch, in a cluster's body or beside it, switches its rows on."""

import pytest

from orchestrator.catalog.endpoints import FEATURES, required_endpoints
from orchestrator.egress.network.build import build_network
from orchestrator.egress.preflight.features import find_features
from orchestrator.egress.preflight.preflight import preflight
from orchestrator.egress.preflight.required_rows import required_rows
from orchestrator.model.resources import make_snapshot
from tests.egress.worked_networks import CLUSTER, NETWORK, build

NEVER = {"legacy-tunnel", "legacy-ntp", "apiserver-ip"}
"""What no cluster that is made today has, and what no resource tells."""

SWITCHES = {
    "container-insights": {"addonProfiles": {"omsagent": {"enabled": True}}},
    "prometheus": {"azureMonitorProfile": {"metrics": {"enabled": True}}},
    "app-monitoring": {"azureMonitorProfile": {"appMonitoring": {"autoInstrumentation": {"enabled": True}}}},
    "monitor": {"azureMonitorProfile": {"containerInsights": {"enabled": True}}},
    "policy": {"addonProfiles": {"azurepolicy": {"enabled": True}}},
    "keyvault": {"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": True}}},
    "agic": {"addonProfiles": {"ingressApplicationGateway": {"enabled": True}}},
    "defender": {"securityProfile": {"defender": {"securityMonitoring": {"enabled": True}}}},
    "workload-identity": {"securityProfile": {"workloadIdentity": {"enabled": True}}},
    "image-cleaner": {"securityProfile": {"imageCleaner": {"enabled": True}}},
    "cost": {"metricsProfile": {"costAnalysis": {"enabled": True}}},
    "private": {"apiServerAccessProfile": {"enablePrivateCluster": True}},
    "vnet-integration": {"apiServerAccessProfile": {"enableVnetIntegration": True}},
    "isolated": {"bootstrapProfile": {"artifactSource": "Cache"}},
}


def look(properties=None, *, pool=None, bodies=(), location="westeurope", **given):
    snapshot, _, cluster_id = build({"nat": ["20.100.1.1"], "cluster": properties or {}, "pool": pool or {}, **given})
    changed = [{**resource.body, **({"location": location} if resource.id == CLUSTER else {})} for resource in snapshot]
    network = build_network(make_snapshot([*changed, *bodies]))
    cluster = network.cluster(cluster_id)
    return find_features(network, cluster), [row for row, _ in required_rows(network, cluster)]


def extension(name, kind):
    base = f"{CLUSTER}/providers/Microsoft.KubernetesConfiguration/extensions/{name}"
    return {"id": base, "type": "Microsoft.KubernetesConfiguration/extensions", "name": name, "properties": {"extensionType": kind}}


def flux(url):
    base = f"{CLUSTER}/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/apps"
    return {"id": base, "type": "Microsoft.KubernetesConfiguration/fluxConfigurations", "name": "apps", "properties": {"gitRepository": {"url": url}}}


@pytest.mark.parametrize("feature", SWITCHES)
def test_a_switch_in_the_body(feature):
    found, rows = look(SWITCHES[feature])
    assert found[feature] is True
    assert feature not in look()[0]
    if any(row.feature == feature and "{" not in row.host for row in required_endpoints()):
        assert any(row.feature == feature for row in rows)


def test_a_switch_that_only_the_deployment_knows():
    found, _ = look({"addonProfiles": {"azurepolicy": {"enabled": "[parameters('policy')]"}}})
    assert found["policy"] is False


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("microsoft.dapr", {"extensions", "dapr"}), ("Microsoft.Flux", {"extensions", "flux"}), ("microsoft.azuremonitor.containers", {"extensions"})],
)
def test_extensions_are_resources_beside_the_cluster(kind, expected):
    found, _ = look(bodies=[extension("one", kind)])
    assert {"extensions", "dapr", "flux"} & set(found) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/fabrikam/apps", ("github.com", "https", 443)),
        ("https://someone@dev.azure.com/fabrikam/_git/apps", ("dev.azure.com", "https", 443)),
        ("ssh://git@ssh.dev.azure.com:22/v3/fabrikam/apps", ("ssh.dev.azure.com", "tcp", 22)),
        ("git@github.com:fabrikam/apps", ("github.com", "tcp", 22)),
        ("[parameters('repository')]", None),
    ],
)
def test_the_repository_of_flux_is_an_endpoint(url, expected):
    _, rows = look(bodies=[flux(url)])
    found = [(row.host, row.protocol, row.port) for row in rows if row.feature == "flux" and row.host != "mcr.microsoft.com"]
    assert found == ([expected] if expected else [])


def test_pools_and_networks_switch_rows_on():
    assert {"gpu", "windows"} <= set(look(pool={"vmSize": "Standard_NC24ads_A100_v4", "osType": "Windows"})[0])
    assert any(row.host == "10.0.0.4" and row.port == 53 for row in look(dns=["10.0.0.4"])[1])


def test_an_api_server_in_the_network_is_reached_in_its_subnet():
    subnet = {"name": "api", "properties": {"addressPrefix": "10.42.9.0/28"}}
    access = {"enableVnetIntegration": True, "subnetId": f"{NETWORK}/virtualNetworks/vnet/subnets/api"}
    _, rows = look({"apiServerAccessProfile": access}, subnets=[subnet])
    assert [(row.host, row.port, row.exit_code) for row in rows if row.feature == "vnet-integration"] == [("10.42.9.4", 443, 51), ("10.42.9.4", 4443, 51)]
    assert not any(row.host.startswith("*.hcp") for row in rows)


def test_an_isolated_cluster_needs_its_registry_and_nothing_of_microsofts():
    isolated = {**SWITCHES["isolated"], "apiServerAccessProfile": {"enablePrivateCluster": True}}
    assert look(isolated)[1] == []
    registry = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/Mine"
    isolated["bootstrapProfile"] = {"artifactSource": "Cache", "containerRegistryResourceId": registry}
    [row] = look(isolated)[1]
    assert (row.host, row.phase) == ("mine.azurecr.io", "boot")


@pytest.mark.parametrize(("source", "expected"), [("Cache", set()), ("Direct", {"NoWayOut", "InvalidNetworkIsolatedClusterConfiguration"})])
def test_only_an_isolated_cluster_may_be_without_a_way_out(source, expected):
    properties = {"bootstrapProfile": {"artifactSource": source}, "apiServerAccessProfile": {"enablePrivateCluster": True}}
    snapshot, knowledge, _ = build({"outbound_type": "none", "cluster": {**properties, "networkProfile": {"outboundType": "none", "networkPlugin": "azure"}}})
    found = preflight(snapshot, knowledge)
    assert {finding.code for finding in found.findings if finding.severity.value == "error"} == expected
    assert bool(found.capacities) is bool(expected)


@pytest.mark.parametrize(
    ("location", "registry"), [("chinanorth3", "mcr.azure.cn"), ("usgovvirginia", "mcr.microsoft.com"), ("westeurope", "mcr.microsoft.com")]
)
def test_the_region_decides_the_cloud(location, registry):
    _, rows = look(SWITCHES["policy"], location=location)
    assert [row.host for row in rows if row.exit_code == 50] == [registry]
    assert all(location in row.host for row in rows if row.exit_code == 51)


def test_every_feature_can_be_switched_on():
    assert set(SWITCHES) | {"base", "os-updates", "gpu", "windows", "custom-dns", "extensions", "dapr", "flux"} | NEVER == set(FEATURES)
