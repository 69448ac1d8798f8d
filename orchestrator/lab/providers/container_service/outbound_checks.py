"""What AKS refuses about a cluster's way out, at the cluster's PUT, with AKS's codes.

Sources: learn.microsoft.com/azure/aks/egress-outboundtype and egress-udr, and the error texts that users reported (Azure/AKS#1875, AKS-Construction#501,
jenkins-infra/azure#719, cluster-api-provider-azure#5429, terraform-provider-azurerm#28541); codes besides: Azure/aks-deployer, pkg/apierror.
"""

from collections.abc import Callable

from orchestrator.lab.resource_types import Put, View, get_path
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import JsonObject

_ROUTE_TABLE_ROLES = frozenset(
    {
        "4d97b98b-1d4f-4787-a291-c67834d212e7",  # Network Contributor
        "b24988ac-6180-42a0-ab88-20f7382dd24c",  # Contributor
        "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",  # Owner
    }
)
_APPLIANCES = ("VirtualAppliance", "VirtualNetworkGateway")
_PORTS_PER_ADDRESS = 64000


def check_outbound(put: Put, subnet: JsonObject | None) -> None:
    """Refuse what does not fit the outbound type; `subnet` is the node subnet where the user brings one."""
    outbound = put.properties["networkProfile"]["outboundType"]
    check = _CHECKS.get(outbound)
    if check is None:
        known = ", ".join(_CHECKS)
        raise ArmError("UnsupportedOutboundType", f"The value of parameter networkProfile.outboundType is invalid: {outbound!r}. The lab knows {known}.")
    check(put, subnet)


def _needs_subnet(put: Put, subnet: JsonObject | None, code: str = "InvalidParameter") -> JsonObject:
    if subnet is None:
        outbound = put.properties["networkProfile"]["outboundType"]
        raise ArmError(
            code,
            f"outboundType {outbound} needs a subnet of your own: agentPoolProfiles.vnetSubnetID is not set.",
            target="networkProfile.outboundType",
        )
    return subnet


def _check_idle_timeout(name: str, profile: JsonObject, code: str) -> None:
    minutes = profile.get("idleTimeoutInMinutes", 4)
    if not 4 <= minutes <= 120:
        raise ArmError(code, f"{name}.idleTimeoutInMinutes {minutes} must be between 4 and 120.", target=f"networkProfile.{name}")


def _check_load_balancer(put: Put, subnet: JsonObject | None) -> None:
    del subnet
    profile = put.properties["networkProfile"].get("loadBalancerProfile") or {}
    ports = profile.get("allocatedOutboundPorts") or 0
    count = get_path(profile, "managedOutboundIPs.count") or len(get_path(profile, "outboundIPs.publicIPs") or ()) or 1
    _check_idle_timeout("loadBalancerProfile", profile, "InvalidLoadBalancerProfileIdleTimeoutInMinutes")
    if not 1 <= (get_path(profile, "managedOutboundIPs.count") or 1) <= 100:
        raise ArmError("InvalidLoadBalancerProfileManagedOutboundIPCount", f"loadBalancerProfile.managedOutboundIPs.count {count} must be between 1 and 100.")
    nodes = sum(int(pool.get("count") or 0) for pool in put.properties["agentPoolProfiles"])
    if ports % 8 or not 0 <= ports <= _PORTS_PER_ADDRESS:
        raise ArmError("InvalidLoadBalancerProfileAllocatedOutboundPorts", f"allocatedOutboundPorts {ports} must be a multiple of 8 between 0 and 64000.")
    if ports * nodes > _PORTS_PER_ADDRESS * count:
        raise ArmError(
            "InvalidLoadBalancerProfileAllocatedOutboundPorts",
            f"Load balancer profile allocated ports {ports} is not in an allowable range given the number of nodes and IPs provisioned. "
            f"Total node count {nodes} requires {ports * nodes} ports "
            f"but only {_PORTS_PER_ADDRESS * count} ports are available given {count} outbound public IPs.",
        )


def _check_managed_nat_gateway(put: Put, subnet: JsonObject | None) -> None:
    if subnet is not None:
        raise ArmError(
            "ManagedNATGatewayWithCustomVNetNotAllowed",
            "Managed NAT gateway is not allowed with a custom virtual network. Use outboundType userAssignedNATGateway with a NAT gateway on your own subnet.",
        )
    profile = put.properties["networkProfile"].get("natGatewayProfile") or {}
    _check_idle_timeout("natGatewayProfile", profile, "InvalidNATGatewayProfileIdleTimeoutInMinutes")
    count = get_path(put.properties, "networkProfile.natGatewayProfile.managedOutboundIPProfile.count") or 1
    if not 1 <= count <= 16:
        raise ArmError("InvalidNATGatewayProfileManagedOutboundIPCount", f"natGatewayProfile.managedOutboundIPProfile.count {count} must be between 1 and 16.")


def _check_user_assigned_nat_gateway(put: Put, subnet: JsonObject | None) -> None:
    subnet = _needs_subnet(put, subnet, "UserAssignedNATGatewayWithManagedVNetNotAllowed")
    if not subnet["properties"].get("natGateway"):
        raise ArmError("SubnetNotAssociatedWithNATGateway", f"Subnet '{subnet['id']}' must have a NAT gateway associated for outbound connection.")


def _check_user_defined_routing(put: Put, subnet: JsonObject | None) -> None:
    if put.properties["networkProfile"].get("loadBalancerProfile"):
        raise ArmError(
            "InvalidUserDefinedRoutingWithLoadBalancerProfile",
            "UserDefinedRouting and load balancer profile are mutually exclusive. Remove networkProfile.loadBalancerProfile.",
        )
    subnet = _needs_subnet(put, subnet)
    if not subnet["properties"].get("routeTable"):
        raise ArmError("ExistingRouteTableNotAssociatedWithSubnet", f"An existing route table has not been associated with subnet {subnet['id']}.")
    table = put.view.find((subnet["properties"].get("routeTable") or {}).get("id"))
    routes = (table or {}).get("properties", {}).get("routes") or ()
    default = next((route["properties"] for route in routes if route["properties"]["addressPrefix"] == "0.0.0.0/0"), None)
    if default is None:
        raise ArmError(
            "RouteTableMissingDefaultRoute",
            f"An egress route to 0.0.0.0/0 is not found in the route table of subnet '{subnet['id']}'. Outbound type userDefinedRouting needs a default route.",
        )
    if default["nextHopType"] not in _APPLIANCES:
        raise ArmError(
            "RouteTableInvalidNextHop",
            f"The default route of the route table of subnet '{subnet['id']}' has the next hop type "
            f"{default['nextHopType']}; it must be one of {', '.join(_APPLIANCES)}.",
        )


def _check_none(put: Put, subnet: JsonObject | None) -> None:
    del put, subnet


_CHECKS: dict[str, Callable[[Put, JsonObject | None], None]] = {
    "loadBalancer": _check_load_balancer,
    "managedNATGateway": _check_managed_nat_gateway,
    "userAssignedNATGateway": _check_user_assigned_nat_gateway,
    "userDefinedRouting": _check_user_defined_routing,
    "none": _check_none,
}


def check_route_table_permission(put: Put, subnet: JsonObject | None) -> None:
    """CustomRouteTableMissingPermission where a user-assigned identity has no role that writes the subnet's route table."""
    table_id = ((subnet or {}).get("properties", {}).get("routeTable") or {}).get("id")
    if table_id is None:
        return
    identity = put.body.get("identity") or {}
    if identity.get("type") == "SystemAssigned":
        if put.properties["networkProfile"].get("networkPlugin") == "kubenet":
            raise ArmError(
                "CustomRouteTableWithUnsupportedMSIType",
                "Clusters using managed identity type SystemAssigned do not support bringing your own route table. "
                "Please see https://aka.ms/aks/customrt for more information",
            )
        return
    for resource_id in identity.get("userAssignedIdentities") or {}:
        principal = (put.view.find(resource_id) or {}).get("properties", {}).get("principalId")
        if not _may_write(put.view, principal, table_id):
            raise ArmError(
                "CustomRouteTableMissingPermission",
                "Managed identity or service principle must be given permission to read and write to custom route table "
                f"{table_id}. Please see https://aka.ms/aks/customrt for more information",
            )


def _may_write(view: View, principal_id: str | None, resource_id: str) -> bool:
    target = resource_id.lower() + "/"
    for assignment in view.of_type("Microsoft.Authorization/roleAssignments"):
        properties = assignment["properties"]
        role = properties["roleDefinitionId"].rsplit("/", 1)[-1].lower()
        if properties["principalId"] == principal_id and role in _ROUTE_TABLE_ROLES and target.startswith(properties["scope"].rstrip("/").lower() + "/"):
            return True
    return False
