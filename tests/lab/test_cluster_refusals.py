"""What AKS refuses at the cluster's PUT, with Azure's codes, and what it computes where it does not."""

from typing import Any

import pytest

from tests.lab.conftest import Sdk
from tests.lab.test_network import put
from tests.lab.test_providers import ADDRESS

ROLE = "/providers/Microsoft.Authorization/roleDefinitions/4d97b98b-1d4f-4787-a291-c67834d212e7"
POOL = {"name": "np", "mode": "System", "count": 3, "vmSize": "Standard_D2s_v5"}


class Site:
    """A group with a network whose subnets have: nothing, a route table, a NAT gateway; and an identity."""

    def __init__(self, sdk: Sdk, group: str) -> None:
        self.sdk, self.group = sdk, group
        self.network = f"{group}/providers/Microsoft.Network"
        self.identity = put(sdk, f"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i", {"location": "westeurope"})
        self.table = f"{self.network}/routeTables/t"

    def subnet(self, *, routes: list[dict[str, Any]] | None = None, nat_gateway: bool = False) -> str:
        properties: dict[str, Any] = {"addressPrefix": "10.42.1.0/24"}
        if routes is not None:
            body = {"properties": {"routes": [{"name": f"r{i}", "properties": route} for i, route in enumerate(routes)]}, "location": "westeurope"}
            properties["routeTable"] = {"id": put(self.sdk, self.table, body)["id"]}
        if nat_gateway:
            address = put(self.sdk, f"{self.network}/publicIPAddresses/p", ADDRESS)["id"]
            gateway = {"location": "westeurope", "properties": {"publicIpAddresses": [{"id": address}]}}
            properties["natGateway"] = {"id": put(self.sdk, f"{self.network}/natGateways/g", gateway)["id"]}
        body = {"addressSpace": {"addressPrefixes": ["10.42.0.0/16"]}, "subnets": [{"name": "s", "properties": properties}]}
        return str(put(self.sdk, f"{self.network}/virtualNetworks/v", {"location": "westeurope", "properties": body})["properties"]["subnets"][0]["id"])

    def allow(self, scope: str) -> None:
        body = {"properties": {"principalId": self.identity["properties"]["principalId"], "roleDefinitionId": ROLE}}
        put(self.sdk, f"{scope}/providers/Microsoft.Authorization/roleAssignments/11111111-0000-4000-8000-000000000001", body)

    def cluster(self, subnet: str | None = None, network: dict[str, Any] | None = None, pool: dict[str, Any] | None = None, **properties: Any) -> Any:
        pools = [{**POOL, **({"vnetSubnetID": subnet} if subnet else {}), **(pool or {})}]
        identity = {"type": "UserAssigned", "userAssignedIdentities": {self.identity["id"]: {}}} if subnet else {"type": "SystemAssigned"}
        made = {"dnsPrefix": "c", "agentPoolProfiles": pools, "networkProfile": {"networkPlugin": "azure", **(network or {})}, **properties}
        path = f"{self.group}/providers/Microsoft.ContainerService/managedClusters/c"
        return put(self.sdk, path, {"location": "westeurope", "identity": identity, "properties": made})


@pytest.fixture
def site(sdk: Sdk, group: str) -> Site:
    return Site(sdk, group)


TO_FIREWALL = {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.42.2.4"}
TO_INTERNET = {"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}
UDR = {"outboundType": "userDefinedRouting"}


def test_user_defined_routing(site: Site) -> None:
    assert site.cluster(site.subnet(), UDR) == "ExistingRouteTableNotAssociatedWithSubnet"
    assert site.cluster(site.subnet(routes=[]), UDR) == "RouteTableMissingDefaultRoute"
    assert site.cluster(site.subnet(routes=[TO_INTERNET]), UDR) == "RouteTableInvalidNextHop"
    subnet = site.subnet(routes=[TO_FIREWALL])
    assert site.cluster(subnet, UDR | {"loadBalancerProfile": {"managedOutboundIPs": {"count": 1}}}) == "InvalidUserDefinedRoutingWithLoadBalancerProfile"
    assert site.cluster(subnet, UDR) == "CustomRouteTableMissingPermission"
    site.allow(subnet)
    assert site.cluster(subnet, UDR) == "CustomRouteTableMissingPermission"
    site.sdk.send("DELETE", f"{subnet}/providers/Microsoft.Authorization/roleAssignments/11111111-0000-4000-8000-000000000001?api-version=2022-04-01")
    site.allow(site.table)
    made = site.cluster(subnet, UDR)
    assert made["properties"]["networkProfile"]["outboundType"] == "userDefinedRouting"
    assert "loadBalancerProfile" not in made["properties"]["networkProfile"]
    assert made["identity"]["userAssignedIdentities"][site.identity["id"]]["principalId"] == site.identity["properties"]["principalId"]


def test_a_role_on_the_resource_group_is_enough(site: Site) -> None:
    subnet = site.subnet(routes=[TO_FIREWALL])
    site.allow(site.group)
    assert site.cluster(subnet, UDR)["name"] == "c"


def test_nat_gateways(site: Site) -> None:
    assert site.cluster(site.subnet(), {"outboundType": "managedNATGateway"}) == "ManagedNATGatewayWithCustomVNetNotAllowed"
    assert site.cluster(site.subnet(), {"outboundType": "userAssignedNATGateway"}) == "SubnetNotAssociatedWithNATGateway"
    assert site.cluster(site.subnet(nat_gateway=True), {"outboundType": "userAssignedNATGateway"})["name"] == "c"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"dnsPrefix": None}, "InvalidParameter"),
        ({"agentPoolProfiles": []}, "InvalidParameter"),
        ({"pool": {"mode": "User"}}, "InvalidParameter"),
        ({"pool": {"count": None}}, "InvalidParameter"),
        ({"network": {"outboundType": "teleport"}}, "UnsupportedOutboundType"),
        ({"network": {"outboundType": "userAssignedNATGateway"}}, "UserAssignedNATGatewayWithManagedVNetNotAllowed"),
        ({"network": {"loadBalancerProfile": {"managedOutboundIPs": {"count": 101}}}}, "InvalidLoadBalancerProfileManagedOutboundIPCount"),
        ({"network": {"loadBalancerProfile": {"idleTimeoutInMinutes": 3}}}, "InvalidLoadBalancerProfileIdleTimeoutInMinutes"),
        ({"network": {"outboundType": "userDefinedRouting"}}, "InvalidParameter"),
        ({"network": {"serviceCidr": "10.0.0.0/16", "dnsServiceIP": "10.1.0.10"}}, "InvalidParameter"),
        ({"network": {"loadBalancerProfile": {"allocatedOutboundPorts": 1001}}}, "InvalidLoadBalancerProfileAllocatedOutboundPorts"),
        ({"network": {"loadBalancerProfile": {"allocatedOutboundPorts": 32000}}}, "InvalidLoadBalancerProfileAllocatedOutboundPorts"),
        ({"apiServerAccessProfile": {"authorizedIPRanges": ["everybody"]}}, "InvalidParameter"),
        ({"apiServerAccessProfile": {"authorizedIPRanges": ["1.2.3.4/32"], "enablePrivateCluster": True}}, "InvalidParameter"),
    ],
)
def test_other_refusals(site: Site, arguments: dict[str, Any], code: str) -> None:
    assert site.cluster(**arguments) == code


def test_service_range_and_missing_subnet(site: Site) -> None:
    subnet = site.subnet()
    assert site.cluster(f"{subnet}x") == "InvalidResourceReference"
    assert site.cluster(subnet, {"serviceCidr": "10.42.0.0/20", "dnsServiceIP": "10.42.0.10"}) == "ServiceCidrOverlapExistingSubnetsCidr"


def test_the_node_resource_group_follows_the_cluster(site: Site) -> None:
    made = site.cluster(network={"loadBalancerProfile": {"managedOutboundIPs": {"count": 2}}})
    properties = made["properties"]
    assert properties["nodeResourceGroup"] == f"MC_{site.group.rsplit('/', 1)[-1]}_c_westeurope"
    assert properties["fqdn"].endswith(".hcp.westeurope.azmk8s.io")
    assert (properties["provisioningState"], properties["powerState"]) in (("Succeeded", {"code": "Running"}), ("Creating", {"code": "Running"}))
    addresses = [reference["id"] for reference in properties["networkProfile"]["loadBalancerProfile"]["effectiveOutboundIPs"]]
    assert len({site.sdk.get(address)["properties"]["ipAddress"] for address in addresses}) == 2
    nodes = site.sdk.resources.resources.list_by_resource_group(properties["nodeResourceGroup"])
    kinds = sorted(resource.type.rsplit("/", 1)[-1] for resource in nodes)
    assert kinds == [
        "loadBalancers",
        "networkSecurityGroups",
        "publicIPAddresses",
        "publicIPAddresses",
        "userAssignedIdentities",
        "virtualMachineScaleSets",
        "virtualNetworks",
    ]
    assert site.sdk.resources.resource_groups.get(properties["nodeResourceGroup"]).managed_by == made["id"]
    kubelet = properties["identityProfile"]["kubeletidentity"]
    assert kubelet["objectId"] == site.sdk.get(kubelet["resourceId"])["properties"]["principalId"]
    smaller = site.cluster(network={"loadBalancerProfile": {"managedOutboundIPs": {"count": 1}}})["properties"]["networkProfile"]["loadBalancerProfile"]
    assert [reference["id"] for reference in smaller["effectiveOutboundIPs"]] == addresses[:1]
    assert site.sdk.send("GET", f"{addresses[1]}?api-version=2026-03-01")[0] == 404
    assert site.cluster(dnsPrefix="other") == "PropertyChangeNotAllowed"
    site.sdk.resources.resources.begin_delete_by_id(made["id"], api_version="2026-03-01").result()
    assert not site.sdk.resources.resource_groups.check_existence(properties["nodeResourceGroup"])


def test_a_managed_nat_gateway_has_its_addresses_and_the_subnet(site: Site) -> None:
    profile = {"outboundType": "managedNATGateway", "natGatewayProfile": {"managedOutboundIPProfile": {"count": 2}, "idleTimeoutInMinutes": 4}}
    made = site.cluster(network=profile)["properties"]
    assert len(made["networkProfile"]["natGatewayProfile"]["effectiveOutboundIPs"]) == 2
    (gateway,) = site.sdk.resources.resources.list_by_resource_group(made["nodeResourceGroup"], filter="resourceType eq 'Microsoft.Network/natGateways'")
    body = site.sdk.get(gateway.id)["properties"]
    assert [len(body["publicIpAddresses"]), len(body["subnets"]), body["idleTimeoutInMinutes"]] == [2, 1, 4]
