"""Clusters: their checks in AKS's order, and what AKS computes into them."""

import hashlib
import ipaddress
import re
from ipaddress import ip_address, ip_network

from orchestrator.lab.providers.container_service.node_resource_group import NodeResources, make_companions
from orchestrator.lab.providers.container_service.outbound_checks import check_outbound, check_route_table_permission
from orchestrator.lab.resource_types import REFERENCE, Elements, Put, ResourceType, View, get_path
from orchestrator.model.errors import ArmError
from orchestrator.model.json_value import Json, JsonObject
from orchestrator.model.resource_id import parse_resource_id, same_id

_POOL_NAME = re.compile(r"[a-z][a-z0-9]{0,11}")
_KUBERNETES_VERSION = "1.34.2"
_FROZEN = ("dnsPrefix", "nodeResourceGroup", "networkProfile.networkPlugin", "networkProfile.serviceCidr", "networkProfile.podCidr")


def _invalid(parameter: str, why: str) -> ArmError:
    return ArmError("InvalidParameter", f"The value of parameter {parameter} is invalid. Error details: {why}", target=parameter)


def _missing(parameter: str) -> ArmError:
    return ArmError("InvalidParameter", f"Required parameter {parameter} is missing (null).", target=parameter)


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1000


def _check_node_resource_group(put: Put) -> None:
    name = put.properties.get("nodeResourceGroup") or f"MC_{put.resource_id.resource_group}_{put.resource_id.name}_{put.body['location']}"[:80]
    group = put.view.find_group(f"/subscriptions/{put.resource_id.subscription}/resourceGroups/{name}")
    if group is not None and not same_id(group.get("managedBy"), str(put.resource_id)):
        raise _invalid("nodeResourceGroup", f"The resource group {name} exists already, and is not this cluster's.")


def _check_pools(put: Put) -> None:
    pools = put.properties.get("agentPoolProfiles")
    if not pools:
        raise _missing("agentPoolProfiles")
    for pool in pools:
        for name in ("name", "count", "vmSize"):
            if pool.get(name) is None and not pool.get("enableAutoScaling"):
                raise _missing(f"agentPoolProfile.{name}")
        if not _POOL_NAME.fullmatch(str(pool["name"])):
            raise _invalid("agentPoolProfile.name", f"{pool['name']!r} must begin with a lower case letter and have at most 12 lower case letters and digits.")
        if not _is_count(pool.get("count", 0)):
            raise _invalid("agentPoolProfile.count", f"{pool['count']!r} must be a number between 0 and 1000.")
    if len({pool["name"] for pool in pools}) < len(pools):
        raise _invalid("agentPoolProfiles", "Two pools have the same name.")
    if not any(pool["mode"] == "System" for pool in pools):
        raise _invalid("agentPoolProfiles", "Must define at least one system pool.")
    if any(pool["type"] != "VirtualMachineScaleSets" for pool in pools):
        raise _invalid("agentPoolProfiles.type", "The lab knows pools of type VirtualMachineScaleSets.")


def _find_subnet(put: Put) -> JsonObject | None:
    ids = {pool["vnetSubnetID"] for pool in put.properties["agentPoolProfiles"] if pool.get("vnetSubnetID")}
    subnets = []
    for subnet_id in sorted(ids):
        subnet = put.view.find(subnet_id)
        if subnet is None:
            raise ArmError("InvalidResourceReference", f"The subnet {subnet_id} of cluster {put.resource_id} was not found.")
        subnets.append(subnet)
    return subnets[0] if subnets else None


def _check_identity(put: Put) -> None:
    identity = put.body.get("identity") or {}
    if identity.get("type") not in ("SystemAssigned", "UserAssigned"):
        if put.properties.get("servicePrincipalProfile"):
            raise ArmError(
                "LabNotSupported", "The lab's clusters have a managed identity (identity.type SystemAssigned or UserAssigned), not a service principal."
            )
        raise _missing("identity")
    if identity["type"] == "UserAssigned" and not identity.get("userAssignedIdentities"):
        raise _missing("identity.userAssignedIdentities")
    for resource_id in identity.get("userAssignedIdentities") or {}:
        if put.view.find(resource_id) is None:
            raise ArmError(
                "FailedIdentityOperation",
                f"Identity operation for resource '{put.resource_id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. "
                f"Response: The resource '{resource_id}' was not found.'.",
            )


def _network(name: str, text: Json) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ip_network(str(text))
    except ValueError as error:
        raise _invalid(name, f"{error}.") from error


def _check_ranges(put: Put, subnet: JsonObject | None) -> None:
    profile = put.properties["networkProfile"]
    services = _network("networkProfile.serviceCidr", profile["serviceCidr"])
    if ip_address(profile["dnsServiceIP"]) not in services:
        raise _invalid("networkProfile.dnsServiceIP", f"{profile['dnsServiceIP']} is not within the service CIDR {services}.")
    if subnet is None:
        return
    network = put.view.find(str(parse_resource_id(subnet["id"]).parent)) or {"properties": {"addressSpace": {"addressPrefixes": []}}}
    for prefix in network["properties"]["addressSpace"]["addressPrefixes"]:
        space = ip_network(prefix)
        if space.version == services.version and space.overlaps(services):
            raise ArmError(
                "ServiceCidrOverlapExistingSubnetsCidr",
                f"The specified service CIDR {services} is conflicted with the existing address space {prefix} of {subnet['id']}.",
            )


def _check_access(put: Put) -> None:
    access = put.properties.get("apiServerAccessProfile") or {}
    ranges = access.get("authorizedIPRanges") or []
    if len(ranges) > 200:
        raise _invalid("apiServerAccessProfile.authorizedIPRanges", "At most 200 ranges are allowed.")
    if ranges and access.get("enablePrivateCluster"):
        raise _invalid("apiServerAccessProfile.authorizedIPRanges", "Authorized IP ranges are not allowed on a private cluster.")
    for text in ranges:
        if "/" in str(text):
            _network("apiServerAccessProfile.authorizedIPRanges", text)
        else:
            _network("apiServerAccessProfile.authorizedIPRanges", f"{text}/32")


def _check_unchanged(put: Put) -> None:
    if put.existing is None:
        return
    for path in _FROZEN:
        before, after = get_path(put.existing["properties"], path), get_path(put.properties, path)
        if after is not None and before != after:
            raise ArmError("PropertyChangeNotAllowed", f"Changing property 'properties.{path}' is not allowed.", target=f"properties.{path}", status=409)
    before_pools = {pool["name"]: pool for pool in put.existing["properties"]["agentPoolProfiles"]}
    for pool in put.properties["agentPoolProfiles"]:
        before = before_pools.get(pool["name"], pool).get("vnetSubnetID")
        if before != pool.get("vnetSubnetID") and not same_id(before, pool.get("vnetSubnetID")):
            raise ArmError("PropertyChangeNotAllowed", "Changing property 'properties.agentPoolProfiles.vnetSubnetID' is not allowed.", status=409)


def _check(put: Put) -> None:
    properties = put.properties
    if not properties.get("dnsPrefix") and not properties.get("fqdnSubdomain"):
        raise _missing("dnsPrefix")
    _check_pools(put)
    _check_identity(put)
    subnet = _find_subnet(put)
    check_outbound(put, subnet)
    _check_node_resource_group(put)
    check_route_table_permission(put, subnet)
    _check_ranges(put, subnet)
    _check_access(put)
    _check_unchanged(put)


# -- what AKS computes -----------------------------------------------------------------------------------------------------------------------


def _compute_pool(put: Put, pool: JsonObject) -> None:
    profile = put.properties["networkProfile"]
    version = put.properties["kubernetesVersion"]
    overlay = profile.get("networkPluginMode") == "overlay"
    pool.setdefault("maxPods", 250 if overlay else 30 if profile["networkPlugin"] == "azure" else 110)
    pool.setdefault("orchestratorVersion", version)
    pool["currentOrchestratorVersion"] = pool["orchestratorVersion"]
    pool["nodeImageVersion"] = "AKSUbuntu-2404gen2containerd-202611.10.0"
    pool["powerState"] = {"code": "Running"}
    pool["provisioningState"] = "Succeeded"


def _compute_network(put: Put) -> None:
    profile = put.properties["networkProfile"]
    own_network = not any(pool.get("vnetSubnetID") for pool in put.properties["agentPoolProfiles"])
    if own_network and profile["networkPlugin"] == "azure":
        profile.setdefault("networkPluginMode", "overlay")
    if profile.get("networkPluginMode") == "overlay" or profile["networkPlugin"] == "kubenet":
        profile.setdefault("podCidr", "10.244.0.0/16")
    nodes = NodeResources(put)
    addresses = [{"id": address} for address in nodes.outbound_address_ids()]
    if nodes.outbound == "loadBalancer":
        balancer = profile.setdefault("loadBalancerProfile", {"managedOutboundIPs": {"count": 1}})
        balancer.setdefault("idleTimeoutInMinutes", 30)
        balancer.setdefault("allocatedOutboundPorts", 0)
        balancer["backendPoolType"] = balancer.get("backendPoolType") or "nodeIPConfiguration"
        balancer["effectiveOutboundIPs"] = addresses
    if nodes.outbound == "managedNATGateway":
        gateway = profile.setdefault("natGatewayProfile", {"managedOutboundIPProfile": {"count": 1}})
        gateway.setdefault("idleTimeoutInMinutes", 4)
        gateway["effectiveOutboundIPs"] = addresses


def _compute_identity(put: Put) -> None:
    identity = put.body["identity"]
    if identity["type"] == "SystemAssigned":
        before = (put.existing or {}).get("identity") or {}
        identity["principalId"] = before.get("principalId") or put.view.new_guid()
        identity["tenantId"] = put.view.tenant_id
    for resource_id, value in (identity.get("userAssignedIdentities") or {}).items():
        properties = (put.view.find(resource_id) or {"properties": {}})["properties"]
        value |= {"principalId": properties.get("principalId"), "clientId": properties.get("clientId")}
    if not get_path(put.properties, "identityProfile.kubeletidentity.resourceId"):
        kubelet = {"resourceId": NodeResources(put).kubelet_id}
        put.properties["identityProfile"] = put.existing_properties.get("identityProfile") or {"kubeletidentity": kubelet}


def _view(body: JsonObject, view: View) -> None:
    kubelet = body["properties"]["identityProfile"]["kubeletidentity"]
    identity = (view.find(kubelet["resourceId"]) or {}).get("properties", {})
    kubelet |= {"clientId": identity.get("clientId"), "objectId": identity.get("principalId")}


def _compute(put: Put) -> None:
    properties, location = put.properties, put.body["location"]
    name = put.resource_id.name
    if not properties.get("nodeResourceGroup"):
        put.keep("nodeResourceGroup", lambda: f"MC_{put.resource_id.resource_group}_{name}_{location}"[:80])
    properties["kubernetesVersion"] = properties.get("kubernetesVersion") or put.existing_properties.get("kubernetesVersion") or _KUBERNETES_VERSION
    properties["currentKubernetesVersion"] = properties["kubernetesVersion"]
    properties["maxAgentPools"] = 100
    properties["powerState"] = {"code": "Running"}
    suffix = hashlib.sha256(str(put.resource_id).lower().encode()).hexdigest()[:8]
    if get_path(properties, "apiServerAccessProfile.enablePrivateCluster"):
        put.keep("privateFQDN", lambda: f"{properties['dnsPrefix']}-{suffix}.{put.view.new_guid()}.privatelink.{location}.azmk8s.io")
    put.keep("fqdn", lambda: f"{properties.get('dnsPrefix') or properties['fqdnSubdomain']}-{suffix}.hcp.{location}.azmk8s.io")
    properties["azurePortalFQDN"] = properties["fqdn"].replace(".hcp.", ".portal.hcp.", 1)
    put.keep("resourceUID", lambda: put.view.new_guid().replace("-", ""))
    for pool in properties["agentPoolProfiles"]:
        _compute_pool(put, pool)
    _compute_network(put)
    _compute_identity(put)


_ADDRESSES: JsonObject = {"managedOutboundIPs": {"count": int}, "outboundIPs": {"publicIPs": [REFERENCE]}}
_POOL: JsonObject = {"name": str, "vmSize": str, "mode": str, "type": str, "vnetSubnetID": str, "maxPods": int, "enableAutoScaling": bool}
_NETWORK_PROFILE: JsonObject = {
    **dict.fromkeys(("networkPlugin", "networkPluginMode", "outboundType", "serviceCidr", "dnsServiceIP", "podCidr"), str),
    "loadBalancerProfile": {**_ADDRESSES, "allocatedOutboundPorts": int, "idleTimeoutInMinutes": int},
    "natGatewayProfile": {"managedOutboundIPProfile": {"count": int}, "idleTimeoutInMinutes": int},
}

RESOURCE_TYPES = (
    ResourceType(
        name="Microsoft.ContainerService/managedClusters",
        defaults={
            "sku": {"name": "Base", "tier": "Free"},
            "properties": {
                "enableRBAC": True,
                "supportPlan": "KubernetesOfficial",
                "agentPoolProfiles": [
                    {
                        "type": "VirtualMachineScaleSets",
                        "osType": "Linux",
                        "osSKU": "Ubuntu",
                        "osDiskType": "Managed",
                        "mode": "User",
                        "enableAutoScaling": False,
                    }
                ],
                "networkProfile": {
                    "networkPlugin": "azure",
                    "loadBalancerSku": "standard",
                    "outboundType": "loadBalancer",
                    "serviceCidr": "10.0.0.0/16",
                    "dnsServiceIP": "10.0.0.10",
                },
            },
        },
        shape={
            "identity": {"userAssignedIdentities": {}},
            "properties": {
                **dict.fromkeys(("dnsPrefix", "fqdnSubdomain", "nodeResourceGroup", "kubernetesVersion"), str),
                "agentPoolProfiles": [_POOL],
                "apiServerAccessProfile": {"authorizedIPRanges": [str], "enablePrivateCluster": bool, "disableRunCommand": bool},
                "disableLocalAccounts": bool,
                "networkProfile": _NETWORK_PROFILE,
                "identityProfile": {"kubeletidentity": {"resourceId": str}},
            },
        },
        check=_check,
        compute=_compute,
        view=_view,
        companions=make_companions,
        elements=(Elements("agentPoolProfiles", "agentPools", child=True, flat=True, read_only=True),),
        secrets=("properties.windowsProfile.adminPassword", "properties.servicePrincipalProfile.secret"),
        data_plane=True,
    ),
)
